//! What the figures depend on: the machine, the compiler, the day.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use super::toolbox::{Toolbox, said};

/// What the figures depend on.
#[derive(Debug, Clone)]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// How many threads it runs at once.
    pub cores: usize,
    /// The operating system and the kind of processor.
    pub system: String,
    /// rustc, with its version.
    pub toolchain: String,
    /// The stock mdbook, with its version.
    pub mdbook: Option<String>,
    /// The day, as 2026-01-31.
    pub day: String,
}

impl Machine {
    /// This machine, today, with the toolbox's programs.
    pub fn here(toolbox: &Toolbox) -> Machine {
        let rustc = said(Command::new(&toolbox.rustc).arg("--version"));
        let mdbook = toolbox.mdbook.as_ref().map(|line| line.trim().to_owned());
        Machine::with(rustc.unwrap_or_default().trim(), mdbook)
    }

    /// This machine, today, with this rustc.
    pub fn of(rustc: &Path) -> Machine {
        let rustc = said(Command::new(rustc).arg("--version"));
        Machine::with(rustc.unwrap_or_default().trim(), None)
    }

    /// This machine, today, with that compiler.
    pub fn with(toolchain: &str, mdbook: Option<String>) -> Machine {
        Machine {
            processor: processor(),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            system: system(),
            toolchain: toolchain.to_owned(),
            mdbook,
            day: today(),
        }
    }
}

fn system() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// This machine in a few words.
pub fn named() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores, {}", processor(), system())
}

/// This day.
pub fn today() -> String {
    let days = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs() / (24 * 60 * 60));
    day(days)
}

/// The processor's name.
pub fn processor() -> String {
    let linux = || {
        let all = fs::read_to_string("/proc/cpuinfo").ok()?;
        let line = all.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let macos = || said(Command::new("sysctl").args(["-n", "machdep.cpu.brand_string"])).ok();
    linux()
        .or_else(macos)
        .map_or("unknown".to_owned(), |name| name.trim().to_owned())
}

/// The day that is so many days after 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level
/// Date Algorithms": years begin in March, so that a leap day is the last of its year).
fn day(since_1970: u64) -> String {
    let days = since_1970 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let month = (march_month + 2) % 12 + 1;
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(59), "1970-03-01");
        assert_eq!(day(11_016), "2000-02-29");
        assert_eq!(day(20_454), "2026-01-01");
    }
}
