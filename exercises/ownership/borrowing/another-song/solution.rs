//! Who removes a song knows what that does to the place of the others.

use std::cmp::Ordering;

pub struct Songs {
    titles: Vec<String>,
    playing: Option<usize>,
}

impl Songs {
    pub fn new(titles: &[&str]) -> Songs {
        Songs {
            titles: titles.iter().map(|&title| title.to_owned()).collect(),
            playing: None,
        }
    }

    pub fn play(&mut self, at: usize) {
        self.playing = Some(at);
    }

    pub fn remove(&mut self, at: usize) {
        self.titles.remove(at);
        self.playing = self.playing.and_then(|playing| match at.cmp(&playing) {
            Ordering::Less => Some(playing - 1),
            Ordering::Equal => None,
            Ordering::Greater => Some(playing),
        });
    }

    pub fn playing(&self) -> Option<&str> {
        self.playing.map(|at| self.titles[at].as_str())
    }
}
