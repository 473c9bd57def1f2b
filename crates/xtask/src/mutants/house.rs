//! House rules about `mutants.toml`, as tests. They try no mutant.

use std::collections::BTreeSet;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use regex::Regex;

use super::mutant::Mutant;
use super::table::Table;

fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap().to_owned()
}

#[test]
fn every_text_of_the_table_stands_once_and_every_catcher_exists() {
    if let Err(broken) = Table::read(&root()) {
        panic!("{broken}");
    }
}

fn has_mutants(table: &Table, folder: &str) -> bool {
    let folder = format!("{folder}/");
    let mut files = table.mutants.iter().map(|mutant| &mutant.file);
    files.any(|file| file.starts_with(&folder))
}

/// The folders of the libraries that programs and blocks use.
fn concept_crates() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("examples/Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let dependencies = manifest["dependencies"].as_table().unwrap();
    dependencies
        .keys()
        .map(|name| format!("crates/{name}"))
        .filter(|folder| root().join(folder).is_dir())
        .collect()
}

/// The sources of a crate, relative to the root.
fn sources(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder).join("src")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| format!("{folder}/src/{name}"))
        .collect();
    names.sort();
    names
}

#[test]
fn every_concept_crate_has_its_mutants() {
    let table = Table::read(&root()).unwrap();
    let crates = concept_crates();
    assert!(crates.len() >= 15, "{crates:?}");
    for folder in crates {
        assert!(
            has_mutants(&table, &folder),
            "{folder}: nothing is taken out of it"
        );
    }
}

/// The lines on which code, and not a comment, says `unsafe`.
fn unsafe_lines(source: &str) -> Vec<usize> {
    lines_with(r"\bunsafe\b", source)
}

/// Where code orders anything, with the word. A `use` only brings it in, what stands in quotes or in
/// a comment is spoken of, and `Relaxed` can't be weakened.
fn orderings(source: &str) -> Vec<(usize, &str)> {
    words(source)
        .into_iter()
        .filter(|(_, word)| *word != "Relaxed")
        .collect()
}

/// The same, with `Relaxed`.
fn words(source: &str) -> Vec<(usize, &str)> {
    let word =
        Regex::new(r#"//.*|"[^"\n]*"|\b(?:Relaxed|Acquire|Release|AcqRel|SeqCst)\b"#).unwrap();
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        if !line.trim_start().starts_with("use ") {
            let here = word
                .find_iter(line)
                .map(|it| (start + it.start(), it.as_str()));
            found.extend(here.filter(|(_, word)| word.starts_with(|c: char| c.is_alphabetic())));
        }
        start += line.len();
    }
    found
}

/// Which ordering of the source a mutant weakens, and to what: none if it changes more than one. A
/// fence that is taken out is one that is weakened.
fn weakened(source: &str, mutant: &Mutant) -> Option<(usize, String)> {
    let start = source.find(&mutant.text)?;
    let (before, after) = (words(&mutant.text), words(&mutant.replacement));
    if let ([(at, _)], []) = (&*before, &*after) {
        return Some((start + at, String::new()));
    }
    let pairs = before.iter().zip(&after);
    let mut changed = pairs.filter(|((_, before), (_, after))| before != after);
    match (changed.next(), changed.next()) {
        (Some(((at, from), (_, to))), None) if before.len() == after.len() => {
            let one_step = match *from {
                "SeqCst" => ["AcqRel", "Acquire", "Release"].contains(to),
                "AcqRel" => ["Acquire", "Release"].contains(to),
                _ => *to == "Relaxed",
            };
            one_step.then(|| (start + at, (*to).to_owned()))
        }
        _ => None,
    }
}

/// The lines whose code, without its comment, has the word; a `use` only brings it in.
fn lines_with(word: &str, source: &str) -> Vec<usize> {
    let word = Regex::new(word).unwrap();
    let code = |line: &str| line.split("//").next().unwrap_or("").to_owned();
    let lines = source.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim_start().starts_with("use "))
        .filter(|(_, line)| word.is_match(&code(line)))
        .map(|(index, _)| index + 1)
        .collect()
}

/// The lines that a text of the source covers.
fn covered(source: &str, text: &str) -> RangeInclusive<usize> {
    let start = source.find(text).unwrap();
    let first = source[..start].matches('\n').count() + 1;
    first..=first + text.trim_end().matches('\n').count()
}

/// The sources of the concept crates: each with its text, and with the lines that the mutants'
/// texts cover, or what `also` adds to these.
fn sources_with_covered_lines(
    also: impl Fn(&Mutant) -> Option<&String>,
) -> Vec<(String, String, Vec<RangeInclusive<usize>>)> {
    let table = Table::read(&root()).unwrap();
    let files = concept_crates();
    let files = files.iter().flat_map(|folder| sources(folder));
    files
        .map(|file| {
            let source = fs::read_to_string(root().join(&file)).unwrap();
            let source = source.replace("\r\n", "\n");
            let theirs = table.mutants.iter().filter(|mutant| mutant.file == file);
            let covered = theirs
                .flat_map(|mutant| [Some(&mutant.text), also(mutant)])
                .flatten()
                .map(|text| covered(&source, text))
                .collect();
            (file, source, covered)
        })
        .collect()
}

#[test]
fn every_unsafe_of_the_concept_crates_has_a_mutant_that_changes_it_or_its_guard() {
    let mut seen = 0;
    for (file, source, covered) in sources_with_covered_lines(|mutant| mutant.guards.as_ref()) {
        for line in unsafe_lines(&source) {
            seen += 1;
            assert!(
                covered.iter().any(|lines| lines.contains(&line)),
                "{file}:{line}: no mutant in mutants.toml takes this `unsafe` or what guards it \
                 away; the text of one must reach this line, or its `guards` name it"
            );
        }
    }
    assert!(seen >= 60, "{seen} lines with `unsafe` found");
}

/// The programs, with the parts that some of them are made of.
fn programs() -> Vec<String> {
    let rust = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.map(|name| format!("{folder}/{name}")).collect()
    };
    let beside = rust("examples").into_iter().filter(|path| {
        root().join(path).is_dir() && !path.ends_with("/tests") && !path.ends_with("/expected")
    });
    let mut files: Vec<String> = beside.flat_map(|folder| rust(&folder)).collect();
    files.extend(rust("examples"));
    files.retain(|path| path.ends_with(".rs"));
    files
}

/// Of an `AcqRel`, each half.
#[test]
fn every_ordering_of_the_crates_and_programs_is_weakened_by_a_mutant_alone() {
    let table = Table::read(&root()).unwrap();
    let crates = concept_crates();
    let crates = crates.iter().flat_map(|folder| sources(folder));
    let mut seen = 0;
    for file in crates.chain(programs()) {
        let source = fs::read_to_string(root().join(&file)).unwrap();
        let source = source.replace("\r\n", "\n");
        let theirs = table.mutants.iter().filter(|mutant| mutant.file == file);
        let weakened: BTreeSet<_> = theirs.filter_map(|it| weakened(&source, it)).collect();
        for (at, word) in orderings(&source) {
            seen += 1;
            let here = weakened.iter().filter(|(place, _)| *place == at).count();
            let line = source[..at].matches('\n').count() + 1;
            assert!(
                here >= if word == "AcqRel" { 2 } else { 1 },
                "{file}:{line}: no mutant in mutants.toml weakens this {word}, and nothing else, \
                 one step (of an AcqRel, each half)"
            );
        }
    }
    assert!(seen >= 70, "{seen} orderings found");
}

#[test]
fn an_ordering_that_is_only_brought_in_or_spoken_of_is_none() {
    let source = "use a::Ordering::{Acquire, Release};\n// Release: it is\n\
        x.load(Acquire); // Release\nx.load(Relaxed);\nsay(\"SeqCst\", SeqCst);\n";
    let found = orderings(source);
    let words: Vec<_> = found.iter().map(|(_, word)| *word).collect();
    assert_eq!(words, ["Acquire", "SeqCst"]);
    assert!(
        found
            .iter()
            .all(|(at, word)| source[*at..].starts_with(word))
    );
    assert!(source[found[1].0..].starts_with("SeqCst);"));
}

#[test]
fn unsafe_in_a_comment_is_none() {
    let source = "// unsafe\nunsafe fn f() {}\nlet a = 1; // unsafe\nunsafely();\n/// unsafe\n";
    assert_eq!(unsafe_lines(source), [2]);
}
