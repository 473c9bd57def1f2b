//! Each song has a number that is never given to another one, and that says which.

pub struct Songs {
    songs: Vec<(usize, String)>,
    playing: Option<usize>,
}

impl Songs {
    pub fn new(titles: &[&str]) -> Songs {
        let titles = titles.iter().map(|&title| title.to_owned());
        Songs {
            songs: titles.enumerate().collect(),
            playing: None,
        }
    }

    pub fn play(&mut self, at: usize) {
        self.playing = Some(self.songs[at].0);
    }

    pub fn remove(&mut self, at: usize) {
        self.songs.remove(at);
    }

    pub fn playing(&self) -> Option<&str> {
        let number = self.playing?;
        let song = self.songs.iter().find(|song| song.0 == number);
        song.map(|(_, title)| title.as_str())
    }
}
