//! The crates that a package's code may name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The dependencies and dev-dependencies in a Cargo.toml, by the names that code uses.
///
/// # Errors
///
/// If the file can't be read or isn't TOML.
pub fn named_crates(manifest: &Path) -> Result<BTreeSet<String>, String> {
    let said = |cause: &dyn std::fmt::Display| format!("{}: {cause}", manifest.display());
    let text = fs::read_to_string(manifest).map_err(|error| said(&error))?;
    let root: toml::Table = text.parse().map_err(|error| said(&error))?;
    let for_targets = root.get("target").and_then(toml::Value::as_table);
    let tables = for_targets
        .into_iter()
        .flat_map(|targets| targets.values())
        .filter_map(toml::Value::as_table)
        .chain([&root]);
    Ok(tables
        .flat_map(|table| ["dependencies", "dev-dependencies"].map(|kind| table.get(kind)))
        .flatten()
        .filter_map(toml::Value::as_table)
        .flat_map(|dependencies| dependencies.keys())
        .map(|name| name.replace('-', "_"))
        .collect())
}
