//! The learner's own files: copies of the starts, in a folder that Git ignores.

use std::fs;
use std::path::{Path, PathBuf};

use crate::course::MINE;
use crate::error::Error;
use crate::exercise::Exercise;

/// The folder with the learner's files.
#[derive(Debug, Clone)]
pub struct Desk {
    folder: PathBuf,
}

impl Desk {
    /// That of the repository in `root`; nothing is made yet.
    pub fn new(root: &Path) -> Desk {
        Desk {
            folder: root.join("exercises").join(MINE),
        }
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The learner's file for an exercise, whether it is there or not.
    pub fn file(&self, exercise: &Exercise) -> PathBuf {
        self.folder
            .join(&exercise.chapter)
            .join(format!("{}.rs", exercise.name))
    }

    /// Whether the exercise has been begun.
    pub fn has(&self, exercise: &Exercise) -> bool {
        self.file(exercise).is_file()
    }

    /// Sees to it that the learner has a file for the exercise. Says whether it had to be made.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn begin(&self, exercise: &Exercise) -> Result<bool, Error> {
        if self.has(exercise) {
            return Ok(false);
        }
        let (file, start) = (self.file(exercise), exercise.start());
        let text = fs::read(&start).map_err(Error::file(&start))?;
        write_whole(&file, &text)?;
        Ok(true)
    }

    /// Puts the start in the place of the learner's file, and keeps that beside it. Says where;
    /// none if there was nothing to keep.
    ///
    /// # Errors
    ///
    /// If a file can't be written; then the learner's is still there.
    pub fn reset(&self, exercise: &Exercise) -> Result<Option<PathBuf>, Error> {
        let (file, start) = (self.file(exercise), exercise.start());
        let text = fs::read(&start).map_err(Error::file(&start))?;
        let mine = match self.has(exercise) {
            true => Some(fs::read(&file).map_err(Error::file(&file))?),
            false => None,
        };
        let kept = match mine {
            Some(mine) if mine != text => Some(self.keep(exercise, &mine)?),
            _ => None,
        };
        write_whole(&file, &text)?;
        Ok(kept)
    }

    /// Writes a numbered backup; never over another.
    fn keep(&self, exercise: &Exercise, text: &[u8]) -> Result<PathBuf, Error> {
        let folder = self.folder.join(&exercise.chapter);
        let path = (1..)
            .map(|number| folder.join(format!("{}.{number}.rs", exercise.name)))
            .find(|path| !path.exists())
            .expect("numbers don't end");
        write_whole(&path, text)?;
        Ok(path)
    }
}

/// Writes a file whole or not at all, with the folders that it needs.
pub(crate) fn write_whole(path: &Path, text: &[u8]) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Error::file(folder))?;
    let mut file = tempfile::Builder::new()
        .prefix(".")
        .tempfile_in(folder)
        .map_err(Error::file(folder))?;
    std::io::Write::write_all(&mut file, text).map_err(Error::file(path))?;
    readable(file.as_file()).map_err(Error::file(path))?;
    file.persist(path).map_err(|error| Error::File {
        path: path.to_owned(),
        cause: error.error,
    })?;
    Ok(())
}

/// Temporary files are their owner's alone; a learner's file is an ordinary one.
#[cfg(unix)]
fn readable(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_file: &fs::File) -> std::io::Result<()> {
    Ok(())
}
