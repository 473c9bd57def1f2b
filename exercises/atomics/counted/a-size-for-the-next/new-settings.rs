//! Shared settings never change. New ones take their place.

use std::sync::Arc;

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

    pub fn job(&self) -> Arc<Settings> {
        self.settings.clone()
    }

    pub fn resize(&mut self, size: u32) {
        self.settings = Arc::new(Settings {
            paper: self.settings.paper.clone(),
            size,
        });
    }
}
