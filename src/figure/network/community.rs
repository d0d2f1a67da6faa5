//! Weighted ties in, communities out: sets of nodes that go together more than their strengths alone would have them.
//!
//! Greedy modularity in two alternating steps (Blondel, Guillaume, Lambiotte & Lefebvre 2008, "Louvain"): each node in
//! its order joins the neighbouring community that raises modularity most, until none moves; then communities become
//! nodes. Nothing is drawn by lot and ties of gain go to the first, so the same network has the same communities.

/// A community for each node, numbered by their first members. `ties`: two different nodes and a weight ≥ 0.
pub fn communities(nodes: usize, ties: &[(usize, usize, f64)]) -> Vec<usize> {
    let mut of: Vec<usize> = (0..nodes).collect();
    let mut level = Level::new(nodes, ties);
    loop {
        let moved = level.moved();
        let (numbered, count) = numbered(&moved);
        if count == level.loops.len() {
            break;
        }
        for community in &mut of {
            *community = numbered[*community];
        }
        level = level.folded(&numbered, count);
    }
    numbered(&of).0
}

/// The modularity of a partition, −½..1 (Newman & Girvan 2004): the weight inside communities less what strengths alone
/// would put there. 0 without ties.
pub fn modularity(of: &[usize], ties: &[(usize, usize, f64)]) -> f64 {
    let total: f64 = ties.iter().map(|tie| tie.2).sum();
    if total <= 0.0 {
        return 0.0;
    }
    let count = of.iter().max().map_or(0, |most| most + 1);
    let mut strength = vec![0.0; count];
    let mut inside = 0.0;
    for (a, b, weight) in ties {
        strength[of[*a]] += weight;
        strength[of[*b]] += weight;
        if of[*a] == of[*b] {
            inside += weight;
        }
    }
    let expected: f64 = strength.iter().map(|own| (own / (2.0 * total)).powi(2)).sum();
    inside / total - expected
}

/// A network whose nodes may be communities of the level below.
struct Level {
    /// The neighbours of each node with their weights.
    near: Vec<Vec<(usize, f64)>>,
    /// Twice the weight inside each node.
    loops: Vec<f64>,
    /// Twice the weight of all ties.
    total: f64,
}

impl Level {
    fn new(nodes: usize, ties: &[(usize, usize, f64)]) -> Self {
        let mut near = vec![Vec::new(); nodes];
        let mut total = 0.0;
        for (a, b, weight) in ties {
            if *weight > 0.0 {
                near[*a].push((*b, *weight));
                near[*b].push((*a, *weight));
                total += 2.0 * weight;
            }
        }
        Self {
            near,
            loops: vec![0.0; nodes],
            total,
        }
    }

    fn strength(&self, node: usize) -> f64 {
        self.loops[node] + self.near[node].iter().map(|(_, weight)| weight).sum::<f64>()
    }

    /// The community of each node after all have moved to where modularity is highest.
    fn moved(&self) -> Vec<usize> {
        let nodes = self.near.len();
        let strengths: Vec<f64> = (0..nodes).map(|node| self.strength(node)).collect();
        let mut of: Vec<usize> = (0..nodes).collect();
        let mut sums = strengths.clone();
        if self.total <= 0.0 {
            return of;
        }
        let mut toward = vec![0.0; nodes];
        // Every move raises modularity, so it ends; the limit is for numbers that are all but equal.
        for _ in 0..100 {
            let mut any = false;
            for node in 0..nodes {
                let old = of[node];
                let mut near: Vec<usize> = vec![old];
                toward[old] = 0.0;
                for (other, weight) in &self.near[node] {
                    let community = of[*other];
                    if !near.contains(&community) {
                        near.push(community);
                        toward[community] = 0.0;
                    }
                    toward[community] += weight;
                }
                sums[old] -= strengths[node];
                let gain = |community: usize| toward[community] - sums[community] * strengths[node] / self.total;
                let mut best = old;
                for &community in &near {
                    if gain(community) > gain(best) + 1e-12 {
                        best = community;
                    }
                }
                sums[best] += strengths[node];
                of[node] = best;
                any |= best != old;
            }
            if !any {
                break;
            }
        }
        of
    }

    /// The network of communities.
    fn folded(&self, of: &[usize], count: usize) -> Self {
        let mut loops = vec![0.0; count];
        let mut between = std::collections::BTreeMap::new();
        for (node, near) in self.near.iter().enumerate() {
            loops[of[node]] += self.loops[node];
            for (other, weight) in near {
                match (of[node], of[*other]) {
                    (a, b) if a == b => loops[a] += weight,
                    pair => *between.entry(pair).or_insert(0.0) += weight,
                }
            }
        }
        let mut near = vec![Vec::new(); count];
        for ((a, b), weight) in between {
            near[a].push((b, weight));
        }
        Self {
            near,
            loops,
            total: self.total,
        }
    }
}

/// Communities numbered by their first members, and how many there are.
fn numbered(of: &[usize]) -> (Vec<usize>, usize) {
    let mut names: Vec<usize> = Vec::new();
    let numbered = of
        .iter()
        .map(|community| match names.iter().position(|name| name == community) {
            Some(number) => number,
            None => {
                names.push(*community);
                names.len() - 1
            }
        });
    let numbered: Vec<usize> = numbered.collect();
    let count = names.len();
    (numbered, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_triangles_with_a_bridge_are_two_communities() {
        let ties: Vec<(usize, usize, f64)> = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
            .map(|(a, b)| (a, b, 1.0))
            .to_vec();
        let of = communities(6, &ties);
        assert_eq!(of, [0, 0, 0, 1, 1, 1]);
        // 6/7 − 2 · (7/14)².
        assert!((modularity(&of, &ties) - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
        assert!(modularity(&[0; 6], &ties).abs() < 1e-12);
    }

    #[test]
    fn a_network_without_ties_has_a_community_for_each() {
        assert_eq!(communities(3, &[]), [0, 1, 2]);
        assert_eq!(communities(0, &[]), [0; 0]);
        assert_eq!(modularity(&[0, 1, 2], &[]), 0.0);
    }

    /// Zachary's (1977) karate club; the best modularity known is 0.4198 (Brandes et al. 2008).
    #[test]
    fn the_karate_club_splits_nearly_as_well_as_it_can() {
        let near: [&[usize]; 33] = [
            &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
            &[2, 3, 7, 13, 17, 19, 21, 30],
            &[3, 7, 8, 9, 13, 27, 28, 32],
            &[7, 12, 13],
            &[6, 10],
            &[6, 10, 16],
            &[16],
            &[],
            &[30, 32, 33],
            &[33],
            &[],
            &[],
            &[],
            &[33],
            &[32, 33],
            &[32, 33],
            &[],
            &[],
            &[32, 33],
            &[33],
            &[32, 33],
            &[],
            &[32, 33],
            &[25, 27, 29, 32, 33],
            &[25, 27, 31],
            &[31],
            &[29, 33],
            &[33],
            &[31, 33],
            &[32, 33],
            &[32, 33],
            &[32, 33],
            &[33],
        ];
        let ties: Vec<(usize, usize, f64)> = near
            .iter()
            .enumerate()
            .flat_map(|(a, near)| near.iter().map(move |b| (a, *b, 1.0)))
            .collect();
        assert_eq!(ties.len(), 78);
        let of = communities(34, &ties);
        let modularity = modularity(&of, &ties);
        assert!(modularity > 0.40 && modularity <= 0.4198, "{modularity} {of:?}");
    }
}
