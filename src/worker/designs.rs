//! Queries in, their answers out, with each sampling design made once for its data set.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::data::Dataset;
use crate::measure::{DesignChoice, Prepared, Query, QueryError, Table};

/// The most designs that are kept: the views of a project share theirs.
const MOST_DESIGNS: usize = 4;

/// Designs by data set and choice, the one used last at the end. Does not keep a data set from being closed.
#[derive(Default)]
pub(super) struct Designs {
    kept: Mutex<Vec<Kept>>,
}

struct Kept {
    data: Weak<Dataset>,
    choice: DesignChoice,
    prepared: Arc<Prepared>,
}

impl Designs {
    /// Answers `query`.
    pub fn answer(&self, query: &Query, data: &Arc<Dataset>) -> Result<Table, QueryError> {
        let prepared = self.prepared(&query.design, data)?;
        query.run_with(data, &prepared)
    }

    fn prepared(&self, choice: &DesignChoice, data: &Arc<Dataset>) -> Result<Arc<Prepared>, QueryError> {
        // Nothing is done under the lock that could leave the list half changed.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.data.strong_count() > 0);
        let place = kept
            .iter()
            .position(|kept| kept.data.as_ptr() == Arc::as_ptr(data) && kept.choice == *choice);
        let found = match place {
            Some(place) => kept.remove(place),
            None => Kept {
                data: Arc::downgrade(data),
                choice: choice.clone(),
                prepared: Arc::new(choice.prepare(data)?),
            },
        };
        let prepared = found.prepared.clone();
        if kept.len() == MOST_DESIGNS {
            kept.remove(0);
        }
        kept.push(found);
        Ok(prepared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_design_is_made_once_for_its_data_set_and_forgotten_with_it() {
        let data = Arc::new(crate::data::sample::read().unwrap().dataset);
        let designs = Designs::default();
        let choice = DesignChoice::of(&data);
        let first = designs.prepared(&choice, &data).unwrap();
        assert!(Arc::ptr_eq(&first, &designs.prepared(&choice, &data).unwrap()));
        let other = designs.prepared(&DesignChoice::default(), &data).unwrap();
        assert!(!Arc::ptr_eq(&first, &other), "another choice is another design");
        let copy = Arc::new(data.as_ref().clone());
        let of_copy = designs.prepared(&choice, &copy).unwrap();
        assert!(!Arc::ptr_eq(&first, &of_copy), "so is another data set");
        drop(data);
        designs.prepared(&choice, &copy).unwrap();
        assert_eq!(designs.kept.lock().unwrap().len(), 1);
    }
}
