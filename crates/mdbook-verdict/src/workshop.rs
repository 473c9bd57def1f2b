//! Finds out what comes of blocks: remembered, merged with others, or compiled alone; on several threads.

use std::io;
use std::time::{Duration, Instant};

use rayon::ScopeFifo;
use serde::{Deserialize, Serialize};

use crate::blocks::Block;
use crate::bundle::{self, Groups, Member};
use crate::cache::{Cache, Key};
use crate::compile::{self, Compiled, Depth};
use crate::dependencies::Dependencies;
use crate::plan::Promise;
use crate::run::{self, Ran};
use crate::separate;
use crate::toolchain::Toolchain;

/// What came of a block.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Found {
    /// What the compiler made of it.
    pub compiled: Compiled,
    /// What its run gave; none where it wasn't run.
    pub ran: Option<Ran>,
    /// How it was found out.
    #[serde(skip)]
    pub source: Source,
    /// How long the block took, where it can be told from others.
    #[serde(skip)]
    pub took: Duration,
}

/// How it was found out what comes of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Source {
    /// In an earlier run.
    #[default]
    Remembered,
    /// In one crate with others.
    Merged,
    /// By itself.
    Alone,
}

/// All that it takes to find out what comes of a block.
pub(crate) struct Workshop<'v> {
    pub toolchain: &'v Toolchain,
    pub dependencies: &'v Dependencies,
    pub cache: &'v Cache,
    /// The time limit of a run.
    pub timeout: Duration,
}

/// Is told what came of a block, by its number.
pub(crate) type Done<'d> = &'d (dyn Fn(usize, io::Result<Found>) + Sync);

impl Workshop<'_> {
    /// Finds out what comes of many blocks, on `jobs` threads.
    ///
    /// # Errors
    ///
    /// If no threads can be had; what is wrong with a block is told to `done`.
    pub fn all(&self, blocks: &[&Block], jobs: usize, done: Done<'_>) -> io::Result<()> {
        let mut missing = Vec::new();
        for (number, block) in blocks.iter().enumerate() {
            match self.cache.get::<Found>(&self.key(block)) {
                Some(found) => done(number, Ok(found)),
                None => missing.push(Member { number, block }),
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let groups = Groups::of(missing);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
        pool.map_err(io::Error::other)?.scope_fifo(|scope| {
            for members in groups.bundles {
                scope.spawn_fifo(move |scope| self.bundle(scope, members, done));
            }
            for members in groups.shared {
                scope.spawn_fifo(move |scope| self.shared(scope, members, done));
            }
            for member in groups.alone {
                self.spawn_alone(scope, member, done);
            }
        });
        self.cache.prune();
        Ok(())
    }

    fn spawn_alone<'s>(&'s self, scope: &ScopeFifo<'s>, member: Member<'s>, done: Done<'s>) {
        scope.spawn_fifo(move |_| done(member.number, self.alone(member.block)));
    }

    fn bundle<'s>(&'s self, scope: &ScopeFifo<'s>, members: Vec<Member<'s>>, done: Done<'s>) {
        let numbers: Vec<usize> = members.iter().map(|member| member.number).collect();
        let built = match bundle::build(members, self.toolchain, self.dependencies) {
            Ok(built) => built,
            Err(error) => return all_failed(&numbers, &error, done),
        };
        for member in built.suspects {
            self.spawn_alone(scope, member, done);
        }
        let Some((bundle, members)) = built.bundle else {
            return;
        };
        let bundle = std::sync::Arc::new(bundle);
        for member in members {
            let bundle = bundle.clone();
            scope.spawn_fifo(move |_| {
                let started = Instant::now();
                let ran = match Promise::of(member.block) {
                    Promise::Compiles => Ok(None),
                    _ => bundle
                        .program(member.number)
                        .and_then(|program| run::run(&program, self.timeout))
                        .map(Some),
                };
                let found = ran.map(|ran| Found {
                    compiled: Compiled::Accepted(None),
                    ran,
                    source: Source::Merged,
                    took: started.elapsed(),
                });
                done(member.number, found);
            });
        }
    }

    fn shared<'s>(&'s self, scope: &ScopeFifo<'s>, members: Vec<Member<'s>>, done: Done<'s>) {
        let numbers: Vec<usize> = members.iter().map(|member| member.number).collect();
        let (refused, alone) = match bundle::refuse(members, self.toolchain, self.dependencies) {
            Ok(refused) => refused,
            Err(error) => return all_failed(&numbers, &error, done),
        };
        for member in alone {
            self.spawn_alone(scope, member, done);
        }
        for (member, errors) in refused {
            let found = Found {
                compiled: Compiled::Rejected(errors),
                ran: None,
                source: Source::Merged,
                took: Duration::ZERO,
            };
            done(member.number, Ok(found));
        }
    }

    /// Compiles a block alone, as far as its promise needs, and runs it if it should run.
    ///
    /// # Errors
    ///
    /// If the compiler or the program can't be started.
    pub fn alone(&self, block: &Block) -> io::Result<Found> {
        let started = Instant::now();
        let folder = tempfile::tempdir()?;
        let compile = |depth| {
            compile::compile(
                block,
                depth,
                self.toolchain,
                self.dependencies,
                folder.path(),
            )
        };
        let (compiled, ran) = match Promise::of(block) {
            Promise::Ignored => (Compiled::Accepted(None), None),
            Promise::Compiles => (compile(Depth::Check)?, None),
            // Some errors only come with code generation: a block isn't called accepted before.
            Promise::Rejected(_) => match compile(Depth::Check)? {
                Compiled::Accepted(_) => (compile(Depth::Build)?, None),
                compiled => (compiled, None),
            },
            Promise::Runs | Promise::Panics => match compile(Depth::Build)? {
                Compiled::Accepted(Some(binary)) => {
                    let ran = run::run(&binary, self.timeout)?;
                    (Compiled::Accepted(None), Some(ran))
                }
                compiled => (compiled, None),
            },
        };
        Ok(Found {
            compiled,
            ran,
            source: Source::Alone,
            took: started.elapsed(),
        })
    }

    /// Remembers what came of a block that holds.
    ///
    /// Only that: what is wrong is found out anew each time, since it may have been chance. And not
    /// where it may depend on what isn't in the key.
    pub fn remember(&self, block: &Block, found: &Found) {
        if separate::reads_the_world(block) {
            return;
        }
        self.cache.put(&self.key(block), found);
    }

    /// All that what comes of a block depends on.
    fn key(&self, block: &Block) -> Key {
        let depth = match Promise::of(block) {
            Promise::Ignored => "ignored",
            Promise::Compiles => "compiled",
            Promise::Rejected(_) => "rejected",
            Promise::Runs | Promise::Panics => "run",
        };
        // A merged block's messages name other places: they are no use to a block that shows them.
        let places = separate::shows_places(block);
        let flags = format!("{depth} {} {places}", block.tags.test_harness);
        Key::of([
            self.toolchain.identity.as_bytes(),
            self.dependencies.identity().as_bytes(),
            block.edition.year().as_bytes(),
            flags.as_bytes(),
            block.shown_file().as_bytes(),
            block.code.as_bytes(),
        ])
    }
}

fn all_failed(numbers: &[usize], error: &io::Error, done: Done<'_>) {
    for number in numbers {
        done(
            *number,
            Err(io::Error::new(error.kind(), error.to_string())),
        );
    }
}
