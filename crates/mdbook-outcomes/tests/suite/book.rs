//! A small book in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use mdbook_driver::MDBook;
use mdbook_outcomes::OutcomesPreprocessor;
use mdbook_verdict::VerdictPreprocessor;

/// The lines of book.toml that a book with both preprocessors has.
const BOTH: &str = "[preprocessor.verdict]\ncommand = \"in process\"\nbefore = [\"links\"]\ncache = \"cache\"\n\n[preprocessor.outcomes]\ncommand = \"in process\"\nbefore = [\"links\"]\nafter = [\"verdict\"]\n";
const ALONE: &str = "[preprocessor.verdict]\nrenderers = []\ncache = \"cache\"\n\n[preprocessor.outcomes]\ncommand = \"in process\"\nbefore = [\"links\"]\n";

pub struct BookTest {
    folder: tempfile::TempDir,
}

/// What a command gave.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub said: String,
}

impl BookTest {
    /// A book with one chapter.
    pub fn new(chapter: &str) -> BookTest {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("src")).unwrap();
        let book = BookTest { folder };
        book.write("book.toml", "[rust]\nedition = \"2024\"\n");
        book.write("src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n");
        book.write("src/a.md", chapter);
        book
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    pub fn chapter(&self) -> String {
        fs::read_to_string(self.path("src/a.md")).unwrap()
    }

    /// Runs `mdbook-outcomes`.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_mdbook-outcomes"))
            .args(arguments)
            .current_dir(self.root())
            .env("XDG_CACHE_HOME", self.path("cache"))
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        Ended {
            code: output.status.code(),
            said: String::from_utf8(said).unwrap(),
        }
    }

    /// Builds the page as mdBook does, with mdbook-verdict or without.
    pub fn page(&self, with_verdict: bool) -> anyhow::Result<String> {
        self.built(if with_verdict { BOTH } else { ALONE }, with_verdict)
    }

    /// Builds the page with these lines in the preprocessor's table.
    pub fn page_with(&self, lines: &str) -> anyhow::Result<String> {
        self.built(&format!("{ALONE}{lines}"), false)
    }

    fn built(&self, preprocessors: &str, with_verdict: bool) -> anyhow::Result<String> {
        self.write(
            "book.toml",
            &format!("[rust]\nedition = \"2024\"\n\n{preprocessors}"),
        );
        let mut book = MDBook::load(self.root())?;
        if with_verdict {
            book.with_preprocessor(VerdictPreprocessor);
        }
        book.with_preprocessor(OutcomesPreprocessor);
        book.build()?;
        Ok(fs::read_to_string(self.path("book/a.html"))?)
    }
}

impl Ended {
    #[track_caller]
    pub fn code(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}", self.said);
        self.said
    }
}
