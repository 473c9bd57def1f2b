//! `text,leases`: what may be done with each variable of a function, after each of its lines, by the compiler's own answers.
//!
//! Nothing here knows the rules of borrowing. A question is a line of code: `let _ = &v;` asks
//! whether `v` may be read. It is put behind a statement in a copy of the function, and the
//! compiler accepts the copy or refuses it: at the question, which then isn't allowed there; or
//! elsewhere, which then doesn't go with it.

mod function;
mod probe;
mod state;
mod table;

use std::sync::Arc;

use crate::blocks::Block;
use crate::cache::{Cache, Key};
use crate::compile::Compiled;
use crate::dependencies::Dependencies;
use crate::fence::{Evidence, ResultFence};
use crate::finding::Rule;
use crate::toolchain::Toolchain;

use function::Function;
use probe::{Probes, Program};
pub use state::State;
pub use table::Table;

/// The kind of these fences.
pub const KIND: &str = "leases";

/// How many questions are asked at most: their number grows with the square of the variables'.
const MOST: usize = 3000;

/// Fills and checks `leases` fences.
pub struct Leases {
    toolchain: Toolchain,
    dependencies: Dependencies,
    cache: Arc<Cache>,
}

impl Leases {
    /// With the compiler and the crates that blocks are compiled with.
    pub fn new(toolchain: Toolchain, dependencies: Dependencies, cache: Arc<Cache>) -> Leases {
        Leases {
            toolchain,
            dependencies,
            cache,
        }
    }

    /// The answers to all questions as a table; remembered ones only where `fresh` doesn't forbid it.
    fn table(&self, block: &Block, function: &Function, fresh: bool) -> Result<String, String> {
        let probes = Probes::of(function);
        if probes.count() > MOST {
            return Err(format!(
                "{} variables in {} lines are too much for a picture: choose a smaller function, or hide lines",
                function.variables.len(),
                function.lines.len()
            ));
        }
        let program = probes.program(block, function);
        let key = self.key(block, &program);
        let remembered = match fresh {
            true => None,
            false => self.cache.get(&key),
        };
        if let Some(table) = remembered {
            return Ok(table);
        }
        let answers = program.ask(block, &self.toolchain, &self.dependencies)?;
        let table = state::table(function, &probes, &answers)?.to_string();
        self.cache.put(&key, &table);
        Ok(table)
    }

    /// All that the answers depend on.
    fn key(&self, block: &Block, program: &Program) -> Key {
        Key::of([
            KIND.as_bytes(),
            self.toolchain.identity.as_bytes(),
            self.dependencies.identity().as_bytes(),
            block.edition.year().as_bytes(),
            program.text.as_bytes(),
        ])
    }
}

impl ResultFence for Leases {
    fn kind(&self) -> &str {
        KIND
    }

    fn rule(&self) -> Rule {
        Rule::Leases
    }

    fn actual(&self, arguments: &[String], evidence: &Evidence<'_>) -> Result<String, String> {
        let name = match arguments {
            [] => "main",
            [name] => name,
            _ => {
                return Err(format!(
                    "`{}` is not known: this fence takes the name of one function",
                    arguments.join(",")
                ));
            }
        };
        if !matches!(evidence.compiled, Compiled::Accepted(_)) {
            return Err(
                "the block before it doesn't compile, so the compiler has nothing to say of its variables"
                    .to_owned(),
            );
        }
        let function = Function::find(evidence.block, name)?;
        self.table(evidence.block, &function, evidence.alone)
    }

    /// Equal, to the letter: a picture is drawn of the text.
    fn holds(&self, _: &[String], text: &str, actual: &str) -> bool {
        text == actual
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::{find, text_of};
    use crate::tags::Edition;
    use std::path::Path;

    #[test]
    fn what_is_remembered_is_not_believed_where_it_would_be_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Arc::new(Cache::open(folder.path()));
        let toolchain = Toolchain::find(Path::new(".")).unwrap();
        let leases = Leases::new(toolchain, Dependencies::default(), cache.clone());
        let text = text_of("a.md", "```rust\nlet mut a = 1;\na += 1;\n```\n");
        let block = &find(&text, Edition::E2024, "x86_64").blocks[0];
        let function = Function::find(block, "main").unwrap();
        let table = |fresh| leases.table(block, &function, fresh).unwrap();

        let truth = "after            a\nlet mut a = 1;   owned mut\na += 1;          owned mut";
        assert_eq!(table(false), truth);
        let program = Probes::of(&function).program(block, &function);
        let key = leases.key(block, &program);
        assert_eq!(cache.get::<String>(&key).as_deref(), Some(truth));
        cache.put(&key, &"wrong");
        assert_eq!(table(false), "wrong");
        assert_eq!(table(true), truth);
        assert_eq!(table(false), truth);
    }
}
