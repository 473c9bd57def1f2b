//! The printer's settings are its own, and each job gets a copy.

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
    settings: Settings,
}

impl Printer {
    pub fn new(paper: &str, size: u32) -> Printer {
        let settings = Settings {
            paper: paper.to_owned(),
            size,
        };
        Printer { settings }
    }

    pub fn job(&self) -> Arc<Settings> {
        Arc::new(self.settings.clone())
    }

    pub fn resize(&mut self, size: u32) {
        self.settings.size = size;
    }
}
