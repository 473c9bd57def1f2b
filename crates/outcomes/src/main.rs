//! The `outcomes` command: reads programs, explores them, prints what can happen.

use anyhow::Context;
use clap::{Parser, ValueEnum};
use outcomes::hardware::{Run, Settings, Verdict};
use outcomes::{Edition, Exploration, Limits, Model, Options, Report};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Finds every outcome of a small concurrent Rust program.
///
/// Exit code 0: all outcomes of every file were found. 1: the witness asked
/// for is of no outcome, or a run showed what the model forbids. 2: a file
/// couldn't be read, isn't followed or can't be run, or a limit was met and the
/// answer is partial.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// The programs, each a file with `fn main` (or a documentation block).
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The memory model [default: sc; with --run the weakest there is].
    #[arg(long, value_parser = model)]
    model: Option<Model>,
    /// Also compile the program, run it so many times on this machine, and print
    /// how often each outcome was seen beside what the model says of it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    run: Option<u64>,
    /// For people, or one JSON object per file and line.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Show the shortest schedule to the outcome with this line.
    #[arg(long, value_name = "OUTCOME")]
    witness: Option<String>,
    /// Give up after so many states.
    #[arg(long, value_name = "STATES", default_value_t = Limits::default().states)]
    limit: usize,
    /// Give up after so many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().time.as_secs())]
    time: u64,
    /// Give up beyond about so much memory, in MiB.
    #[arg(long, value_name = "MIB", default_value_t = Limits::default().memory >> 20)]
    memory: usize,
    /// The edition whose rules the programs follow.
    #[arg(long, default_value = "2024", value_parser = edition)]
    edition: Edition,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Human,
    Json,
}

fn model(name: &str) -> Result<Model, String> {
    Model::named(name).ok_or_else(|| {
        let names: Vec<&str> = Model::ALL.iter().map(|model| model.name()).collect();
        format!("there is {}", names.join(", "))
    })
}

fn edition(name: &str) -> Result<Edition, String> {
    match name {
        "2015" | "2018" | "2021" => Ok(Edition::E2021),
        "2024" => Ok(Edition::E2024),
        _ => Err("there is 2021 and 2024".into()),
    }
}

impl Args {
    fn model(&self) -> Model {
        let unsaid = match self.run {
            Some(_) => *Model::ALL.last().expect("there are models"),
            None => Model::Sc,
        };
        self.model.unwrap_or(unsaid)
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut worst = 0;
    for file in &args.files {
        let name = file.display().to_string();
        let code = match one(&args, file, &name) {
            Ok(code) => code,
            Err(error) => {
                eprintln!("{error:#}");
                2
            }
        };
        worst = worst.max(code);
    }
    ExitCode::from(worst)
}

fn one(args: &Args, file: &PathBuf, name: &str) -> anyhow::Result<u8> {
    let source = std::fs::read_to_string(file).with_context(|| format!("{name} can't be read"))?;
    let place = |error: outcomes::Error| anyhow::anyhow!("{name}:{error}");
    let program = outcomes::parse(
        &source,
        Options {
            edition: args.edition,
        },
    )
    .map_err(place)?;
    let limits = Limits {
        states: args.limit,
        memory: args.memory << 20,
        time: Duration::from_secs(args.time),
        ..Limits::default()
    };
    let begin = Instant::now();
    let exploration = outcomes::explore(&program, args.model(), &limits).map_err(place)?;
    let ms = begin.elapsed().as_millis() as u64;
    let ran = args
        .run
        .map(|rounds| ran(args, &source, rounds, &exploration));
    let ran = ran.transpose().with_context(|| name.to_owned())?;
    if args.format == Format::Json {
        let mut report = Report::new(name, args.model(), &exploration, ms);
        if let Some((run, verdict)) = &ran {
            report.add_run(run, verdict);
        }
        println!("{}", serde_json::to_string(&report)?);
    }
    let mut code = if exploration.complete { 0 } else { 2 };
    if ran.as_ref().is_some_and(|(_, verdict)| verdict.is_broken()) {
        code = code.max(1);
    }
    if let Some(line) = &args.witness {
        return Ok(code.max(witness(args, name, &exploration, line)));
    }
    if args.format == Format::Human {
        human(args, name, &exploration, &ran);
    }
    Ok(code)
}

/// Runs the program and judges what is seen.
fn ran(
    args: &Args,
    source: &str,
    rounds: u64,
    found: &Exploration,
) -> anyhow::Result<(Run, Verdict)> {
    let options = Options {
        edition: args.edition,
    };
    let settings = Settings {
        rounds,
        ..Settings::default()
    };
    let run = outcomes::hardware::run(source, options, &settings)?;
    let verdict = Verdict::new(found, &run);
    Ok((run, verdict))
}

fn human(args: &Args, name: &str, exploration: &Exploration, ran: &Option<(Run, Verdict)>) {
    if args.files.len() > 1 {
        println!("{name}:");
    }
    match ran {
        Some((run, verdict)) => {
            print!("{verdict}");
            eprintln!("{run}");
        }
        None => {
            for outcome in &exploration.outcomes {
                println!("{}", outcome.line());
            }
        }
    }
    let count = exploration
        .states
        .or(exploration.executions)
        .unwrap_or_default();
    let what = if exploration.states.is_some() {
        "states"
    } else {
        "executions"
    };
    if exploration.complete {
        eprintln!(
            "{} outcomes, {count} {what}, {}",
            exploration.outcomes.len(),
            args.model().name()
        );
    } else {
        eprintln!("{name}: partial: gave up after {count} {what}; there may be more outcomes");
    }
}

fn witness(args: &Args, name: &str, exploration: &Exploration, line: &str) -> u8 {
    let found = exploration
        .outcomes
        .iter()
        .find(|outcome| outcome.line() == line);
    let Some(outcome) = found else {
        eprintln!(
            "{name}: `{line}` is none of the outcomes under {}",
            args.model().name()
        );
        return 1;
    };
    if args.format == Format::Human {
        print!("{}\n{}", outcome.steps(), outcome.diagram());
    }
    0
}
