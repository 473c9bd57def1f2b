//! A printer and its settings. A job takes the settings of the moment along, to
//! whatever thread it runs on, and keeps them to its end. `resize` sets the size for
//! the jobs that come after it. Jobs with the same settings share them.
//!
//! "`resize` has a `&mut self`, and `self` owns the settings. So who, if not I, may
//! write to them?"

use std::sync::Arc;

#[derive(Clone)]
pub struct Settings {
    paper: String,
    size: u32,
}

impl Settings {
    pub fn paper(&self) -> &str {
        &self.paper
    }

    pub fn size(&self) -> u32 {
        self.size
    }
}

pub struct Printer {
    settings: Arc<Settings>,
}

impl Printer {
    pub fn new(paper: &str, size: u32) -> Printer {
        let settings = Settings {
            paper: paper.to_owned(),
            size,
        };
        Printer {
            settings: Arc::new(settings),
        }
    }

    /// The settings of the moment, for a job to keep.
    pub fn job(&self) -> Arc<Settings> {
        self.settings.clone()
    }

    /// The size for the jobs to come.
    pub fn resize(&mut self, size: u32) {
        self.settings.size = size;
    }
}
