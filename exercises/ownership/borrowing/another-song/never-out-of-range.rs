//! `get` doesn't panic at the end of the list, and finds the wrong song as before.

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
        self.playing = self.playing.filter(|&playing| playing != at);
    }

    pub fn playing(&self) -> Option<&str> {
        let title = self.titles.get(self.playing?)?;
        Some(title.as_str())
    }
}
