//! A fold hands the draft from step to step, and nobody has to name it.

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
    let draft = Draft(String::new());
    let draft = lines.iter().fold(draft, |draft, line| draft.write(line));
    draft.seal().post()
}
