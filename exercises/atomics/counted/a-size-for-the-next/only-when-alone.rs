//! `get_mut` gives nothing while anybody prints, and then the size stays.

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
        if let Some(settings) = Arc::get_mut(&mut self.settings) {
            settings.size = size;
        }
    }
}
