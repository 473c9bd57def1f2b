//! A new draft for each line: what arrives is the last line.

struct Draft(String);
struct Sealed(String);

impl Draft {
    fn write(self, line: &str) -> Draft {
        Draft(self.0 + line + "\n")
    }

    fn seal(self) -> Sealed {
        Sealed(self.0)
    }
}

impl Sealed {
    fn post(self) -> String {
        self.0
    }
}

pub fn letter(lines: &[&str]) -> String {
    let mut sealed = None;
    for line in lines {
        sealed = Some(Draft(String::new()).write(line).seal());
    }
    sealed.map_or(String::new(), Sealed::post)
}
