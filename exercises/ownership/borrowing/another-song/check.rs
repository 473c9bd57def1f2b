use crate::task::Songs;

#[test]
fn a_song_goes_on_when_one_before_it_is_taken_off() {
    let mut songs = Songs::new(&["rain", "wind", "snow", "frost"]);
    songs.play(2);
    songs.remove(0);
    assert_eq!(songs.playing(), Some("snow"), "the song that plays");
    songs.remove(0);
    assert_eq!(songs.playing(), Some("snow"), "the song that plays");
}

#[test]
fn a_song_goes_on_when_one_after_it_is_taken_off() {
    let mut songs = Songs::new(&["rain", "wind", "snow"]);
    songs.play(1);
    songs.remove(2);
    assert_eq!(songs.playing(), Some("wind"), "the song that plays");
}

#[test]
fn no_song_plays_when_that_one_is_taken_off() {
    let mut songs = Songs::new(&["rain", "wind", "rain", "snow"]);
    songs.play(2);
    songs.remove(2);
    assert_eq!(songs.playing(), None, "the song that plays");
}
