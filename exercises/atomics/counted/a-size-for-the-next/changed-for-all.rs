//! A number that may change behind a shared reference changes for everybody.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

pub struct Settings {
    paper: String,
    size: AtomicU32,
}

impl Settings {
    pub fn paper(&self) -> &str {
        &self.paper
    }

    pub fn size(&self) -> u32 {
        self.size.load(Relaxed)
    }
}

pub struct Printer {
    settings: Arc<Settings>,
}

impl Printer {
    pub fn new(paper: &str, size: u32) -> Printer {
        let settings = Settings {
            paper: paper.to_owned(),
            size: AtomicU32::new(size),
        };
        Printer {
            settings: Arc::new(settings),
        }
    }

    pub fn job(&self) -> Arc<Settings> {
        self.settings.clone()
    }

    pub fn resize(&mut self, size: u32) {
        self.settings.size.store(size, Relaxed);
    }
}
