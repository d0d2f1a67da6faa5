//! Heights that labels would like to stand at in, heights at which no two overlap out: as near to the wished ones as can
//! be (least squares, by pooling adjacent violators).

/// A label that wishes to be centred on a height.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// The middle it would like.
    pub middle: f32,
    /// Its own height, air included.
    pub height: f32,
}

/// The middle of each label, in the order of `wishes`; between `top` and `bottom` where they all fit, else from `top` down.
pub fn spread(wishes: &[Wish], top: f32, bottom: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[a].middle.total_cmp(&wishes[b].middle));
    // Upper edges less what stands above: these may not fall.
    let mut above = 0.0;
    let mut blocks: Vec<(f32, usize)> = Vec::new();
    for &one in &order {
        let wish = wishes[one];
        blocks.push((wish.middle - wish.height / 2.0 - above, 1));
        above += wish.height;
        while let [.., (before, many), (last, few)] = blocks[..]
            && last < before
        {
            blocks.pop();
            blocks.pop();
            let count = many + few;
            blocks.push(((before * many as f32 + last * few as f32) / count as f32, count));
        }
    }
    let lowest = (bottom - above).max(top);
    let edges = blocks
        .iter()
        .flat_map(|(edge, count)| std::iter::repeat_n(edge.clamp(top, lowest), *count));
    let mut middles = vec![0.0; wishes.len()];
    let mut above = 0.0;
    for (&one, edge) in order.iter().zip(edges) {
        middles[one] = edge + above + wishes[one].height / 2.0;
        above += wishes[one].height;
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(middles: &[f32], height: f32) -> Vec<f32> {
        let wishes: Vec<Wish> = middles.iter().map(|&middle| Wish { middle, height }).collect();
        spread(&wishes, 0.0, 100.0)
    }

    #[test]
    fn labels_that_do_not_meet_stay() {
        assert_eq!(placed(&[80.0, 20.0, 50.0], 10.0), [80.0, 20.0, 50.0]);
    }

    #[test]
    fn labels_that_meet_part_evenly() {
        assert_eq!(placed(&[50.0, 50.0], 10.0), [45.0, 55.0]);
        assert_eq!(placed(&[50.0, 52.0, 90.0], 10.0), [46.0, 56.0, 90.0]);
    }

    #[test]
    fn labels_stay_between_top_and_bottom_as_long_as_they_fit() {
        assert_eq!(placed(&[0.0, 1.0, 99.0], 10.0), [5.0, 15.0, 95.0]);
        assert_eq!(placed(&[50.0; 3], 40.0), [20.0, 60.0, 100.0]);
    }
}
