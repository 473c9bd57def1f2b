//! Builds the dependencies of a package once, and hands them to rustc for every block.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::cache::{Cache, Key};
use crate::error::Error;
use crate::stamp::Stamp;
use crate::toolchain::Toolchain;

/// Crates that blocks may name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Dependencies {
    /// By the name that code uses: the library to hand over.
    externs: BTreeMap<String, PathBuf>,
    /// Where the libraries' own dependencies lie.
    folders: Vec<PathBuf>,
    /// The libraries as they were built; none where there are no dependencies.
    built: Option<Stamp>,
}

/// Dependencies as they were built, and all the files that they were built from.
#[derive(Serialize, Deserialize)]
struct Remembered {
    dependencies: Dependencies,
    sources: Stamp,
}

impl Dependencies {
    /// Builds the dependencies and dev-dependencies of the package at `manifest`.
    ///
    /// They are built as those of an empty package with the same entries and the same lock file,
    /// in `verdict` under the target folder: neither the package's own targets nor other members
    /// of its workspace can break or change them.
    ///
    /// With a cache, cargo isn't even asked as long as the manifests, the lock file and the
    /// sources of path dependencies are as they were.
    ///
    /// # Errors
    ///
    /// If cargo can't be run, or fails: what it said.
    pub(crate) fn build(
        manifest: &Path,
        toolchain: &Toolchain,
        cache: &Cache,
    ) -> Result<Dependencies, Error> {
        let path = fs::canonicalize(manifest).unwrap_or_else(|_| manifest.to_owned());
        let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_default();
        let key = Key::of([
            b"dependencies",
            path.as_os_str().as_encoded_bytes(),
            target.as_encoded_bytes(),
            toolchain.identity.as_bytes(),
        ]);
        let holds = |remembered: &Remembered| {
            let built = remembered.dependencies.built.as_ref();
            remembered.sources.holds() && built.is_some_and(Stamp::holds)
        };
        if let Some(remembered) = cache.get::<Remembered>(&key).filter(holds) {
            return Ok(remembered.dependencies);
        }
        let (dependencies, sources) = build(manifest).map_err(|cause| Error::Dependencies {
            manifest: manifest.to_owned(),
            cause,
        })?;
        let remembered = Remembered {
            dependencies,
            sources: Stamp::of(sources),
        };
        cache.put(&key, &remembered);
        Ok(remembered.dependencies)
    }

    /// What tells these libraries from others, for a key.
    pub(crate) fn identity(&self) -> String {
        let built = self.built.as_ref().map(Stamp::to_bytes).unwrap_or_default();
        String::from_utf8_lossy(&built).into_owned()
    }

    /// The names that code uses.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.externs.keys().map(String::as_str)
    }

    /// What rustc needs to be told.
    pub fn flags(&self) -> Vec<OsString> {
        let mut flags = Vec::new();
        for (name, path) in &self.externs {
            let mut value = OsString::from(format!("{name}="));
            value.push(path);
            flags.extend(["--extern".into(), value]);
        }
        for folder in &self.folders {
            let mut value = OsString::from("dependency=");
            value.push(folder);
            flags.extend(["-L".into(), value]);
        }
        flags
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Option<Resolve>,
    target_directory: PathBuf,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    source: Option<String>,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize, Clone)]
struct Dependency {
    name: String,
    req: String,
    source: Option<String>,
    path: Option<PathBuf>,
    rename: Option<String>,
    kind: Option<String>,
    target: Option<String>,
    features: Vec<String>,
    uses_default_features: bool,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<NodeDep>,
}

#[derive(Deserialize)]
struct NodeDep {
    name: String,
    pkg: String,
}

#[derive(Deserialize)]
struct BuildMessage {
    reason: String,
    package_id: Option<String>,
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    message: Option<Rendered>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Rendered {
    level: String,
    rendered: Option<String>,
}

/// Builds the dependencies, and names all the files that they are made from.
fn build(manifest: &Path) -> Result<(Dependencies, Vec<PathBuf>), String> {
    let manifest = fs::canonicalize(manifest).map_err(|error| error.to_string())?;
    let home = manifest.parent().unwrap_or(Path::new("."));
    let metadata = metadata(&manifest, home, &["--no-deps"])?;
    let package = metadata
        .packages
        .iter()
        .find(|package| fs::canonicalize(&package.manifest_path).is_ok_and(|path| path == manifest))
        .ok_or("it is no package")?;
    // Packages that share a target folder have a stand-in each.
    let mut name = DefaultHasher::new();
    manifest.hash(&mut name);
    let stand_ins = metadata.target_directory.join("verdict/dependencies");
    let folder = stand_ins.join(format!("{:016x}", name.finish()));
    let stand_in = folder.join("Cargo.toml");
    fs::create_dir_all(folder.join("src")).map_err(|error| error.to_string())?;
    write_if_new(&folder.join("src/lib.rs"), "")?;
    write_if_new(&stand_in, &stand_in_manifest(package))?;
    let lock = metadata.workspace_root.join("Cargo.lock");
    let mut sources = vec![manifest.clone(), metadata.workspace_root.join("Cargo.toml")];
    if let Ok(text) = fs::read_to_string(&lock) {
        sources.push(lock);
        let _ = write_if_new(&folder.join("locked-by"), &text).and_then(|new| match new {
            true => fs::write(folder.join("Cargo.lock"), text).map_err(|error| error.to_string()),
            false => Ok(()),
        });
    }
    let target = metadata.target_directory.join("verdict/target");
    if !target.is_dir() {
        eprintln!("building the crates that the book's blocks may use, this once");
    }
    let (dependencies, built_from) = artifacts(&stand_in, home, &target)?;
    sources.extend(built_from);
    Ok((dependencies, sources))
}

fn write_if_new(path: &Path, text: &str) -> Result<bool, String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(false);
    }
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(true)
}

/// A cargo command on `manifest`, started in `folder`: whose toolchain and configuration hold.
fn cargo(subcommand: &str, manifest: &Path, folder: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .arg(subcommand)
        .arg("--manifest-path")
        .arg(manifest)
        .current_dir(folder);
    crate::process::clean_cargos_environment(&mut command);
    command
}

fn output(mut command: Command) -> Result<(bool, String, String), String> {
    let output = command
        .output()
        .map_err(|error| format!("can't run cargo: {error}"))?;
    Ok((
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    ))
}

fn metadata(manifest: &Path, folder: &Path, arguments: &[&str]) -> Result<Metadata, String> {
    let mut command = cargo("metadata", manifest, folder);
    command.args(["--format-version", "1"]).args(arguments);
    match output(command)? {
        (true, json, _) => serde_json::from_str(&json).map_err(|error| error.to_string()),
        (false, _, said) => Err(said),
    }
}

/// An empty package with the same dependencies.
fn stand_in_manifest(package: &Package) -> String {
    let mut text = String::from(
        "# Made by mdbook-verdict: the dependencies that the book's blocks may use.\n[package]\nname = \"verdict-dependencies\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n\n[profile.dev]\ndebug = false\n",
    );
    for dependency in once_each(&package.dependencies) {
        let key = dependency.rename.as_deref().unwrap_or(&dependency.name);
        let table = match &dependency.target {
            Some(target) => format!("target.{}.dependencies", quoted(target)),
            None => "dependencies".to_owned(),
        };
        text.push_str(&format!(
            "\n[{table}.{}]\npackage = {}\nversion = {}\ndefault-features = {}\nfeatures = [{}]\n",
            quoted(key),
            quoted(&dependency.name),
            quoted(&dependency.req),
            dependency.uses_default_features,
            dependency
                .features
                .iter()
                .map(|f| quoted(f))
                .collect::<Vec<_>>()
                .join(", "),
        ));
        match (&dependency.path, &dependency.source) {
            (Some(path), _) => {
                text.push_str(&format!("path = {}\n", quoted(&path.to_string_lossy())))
            }
            (None, Some(source)) => text.push_str(&source_keys(source)),
            (None, None) => {}
        }
    }
    text
}

/// The dependencies without those of build scripts. One that is named for the package and for its
/// tests is one, with the features of both: a table can stand in a manifest only once.
fn once_each(dependencies: &[Dependency]) -> Vec<Dependency> {
    let mut all: Vec<Dependency> = Vec::new();
    let wanted = |dependency: &&Dependency| dependency.kind.as_deref() != Some("build");
    for dependency in dependencies.iter().filter(wanted) {
        let same = |other: &&mut Dependency| {
            (&other.name, &other.rename, &other.target)
                == (&dependency.name, &dependency.rename, &dependency.target)
        };
        match all.iter_mut().find(same) {
            Some(other) => {
                other.features.extend(dependency.features.iter().cloned());
                other.uses_default_features |= dependency.uses_default_features;
            }
            None => all.push(dependency.clone()),
        }
    }
    all
}

/// A git source as manifest keys; the default registry needs none.
fn source_keys(source: &str) -> String {
    let Some(git) = source.strip_prefix("git+") else {
        return String::new();
    };
    let (url, query) = git.split_once('?').unwrap_or((git, ""));
    let mut keys = format!("git = {}\n", quoted(url));
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        keys.push_str(&format!("{key} = {}\n", quoted(value)));
    }
    keys
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn artifacts(
    manifest: &Path,
    home: &Path,
    target: &Path,
) -> Result<(Dependencies, Vec<PathBuf>), String> {
    let mut command = cargo("build", manifest, home);
    command
        .arg("--message-format=json")
        .arg("--target-dir")
        .arg(target);
    let (success, json, said) = output(command)?;
    let messages: Vec<BuildMessage> = json
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    if !success {
        let errors: String = messages
            .iter()
            .filter_map(|message| message.message.as_ref())
            .filter(|message| message.level == "error")
            .filter_map(|message| message.rendered.clone())
            .collect();
        return Err(format!("{errors}{said}"));
    }
    let metadata = metadata(manifest, home, &[])?;
    let own = metadata
        .packages
        .iter()
        .find(|package| package.manifest_path == manifest);
    let nodes = metadata
        .resolve
        .map(|resolve| resolve.nodes)
        .unwrap_or_default();
    let node = nodes
        .iter()
        .find(|node| own.is_some_and(|own| own.id == node.id));
    let mut dependencies = Dependencies {
        externs: BTreeMap::new(),
        folders: vec![target.join("debug/deps")],
        built: None,
    };
    for dependency in node.map(|node| node.deps.as_slice()).unwrap_or_default() {
        let library = messages
            .iter()
            .filter(|message| message.reason == "compiler-artifact")
            .filter(|message| message.package_id.as_ref() == Some(&dependency.pkg))
            .filter(|message| message.target.as_ref().is_some_and(is_library))
            .flat_map(|message| &message.filenames)
            .find(|file| file.extension().is_some_and(|end| end != "rmeta"));
        if let Some(library) = library {
            dependencies
                .externs
                .insert(dependency.name.clone(), library.clone());
        }
    }
    dependencies.built = Some(Stamp::of(dependencies.externs.values().cloned()));
    let local: Vec<&Package> = metadata
        .packages
        .iter()
        .filter(|package| package.source.is_none() && package.manifest_path != manifest)
        .collect();
    let mut sources: Vec<PathBuf> = local
        .iter()
        .map(|package| package.manifest_path.clone())
        .collect();
    for message in &messages {
        let is_its = |package: &&Package| Some(&package.id) == message.package_id.as_ref();
        if local.iter().any(is_its) {
            sources.extend(message.filenames.iter().flat_map(|file| built_from(file)));
        }
    }
    Ok((dependencies, sources))
}

/// The sources of a library, by the list that rustc leaves beside it.
fn built_from(library: &Path) -> Vec<PathBuf> {
    let stem = library
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let stem = stem.strip_prefix("lib").unwrap_or(stem);
    let list = library.with_file_name(format!("{stem}.d"));
    let text = fs::read_to_string(list).unwrap_or_default();
    // One line for each source: `path:`, spaces in it behind a backslash.
    let sources = text.lines().filter_map(|line| line.strip_suffix(':'));
    sources
        .map(|path| PathBuf::from(path.replace("\\ ", " ")))
        .collect()
}

fn is_library(target: &Target) -> bool {
    let kinds = ["lib", "rlib", "dylib", "proc-macro"];
    target
        .kind
        .iter()
        .any(|kind| kinds.contains(&kind.as_str()))
}
