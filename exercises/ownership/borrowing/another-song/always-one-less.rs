//! One place less after each removal, wherever it was.

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
        self.playing = self.playing.map(|playing| playing - 1);
    }

    pub fn playing(&self) -> Option<&str> {
        self.playing.map(|at| self.titles[at].as_str())
    }
}
