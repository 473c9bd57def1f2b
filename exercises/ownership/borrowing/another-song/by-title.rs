//! A title isn't a song: another one may have the same.

pub struct Songs {
    titles: Vec<String>,
    playing: Option<String>,
}

impl Songs {
    pub fn new(titles: &[&str]) -> Songs {
        Songs {
            titles: titles.iter().map(|&title| title.to_owned()).collect(),
            playing: None,
        }
    }

    pub fn play(&mut self, at: usize) {
        self.playing = Some(self.titles[at].clone());
    }

    pub fn remove(&mut self, at: usize) {
        self.titles.remove(at);
    }

    pub fn playing(&self) -> Option<&str> {
        let playing = self.playing.as_ref()?;
        self.titles
            .iter()
            .find(|&title| title == playing)
            .map(|title| title.as_str())
    }
}
