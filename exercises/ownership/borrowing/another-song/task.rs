//! A list of songs, one of which may be playing. Songs are taken off the list while
//! it plays. The song that plays goes on, unless it is the one that is taken off.
//! Songs may have the same title.
//!
//! "I clear away the songs that are over, and suddenly it plays another one! The
//! list is right, I have looked. And nothing was borrowed from it."

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

    /// Plays the song at this place.
    pub fn play(&mut self, at: usize) {
        self.playing = Some(at);
    }

    /// Takes the song at this place off the list.
    pub fn remove(&mut self, at: usize) {
        self.titles.remove(at);
    }

    /// The title of the song that is playing.
    pub fn playing(&self) -> Option<&str> {
        self.playing.map(|at| self.titles[at].as_str())
    }
}
