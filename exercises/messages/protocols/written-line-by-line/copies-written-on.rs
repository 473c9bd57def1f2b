//! Each line is written on a copy of the empty draft, and the copy is thrown away.

#[derive(Clone)]
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
    for line in lines {
        draft.clone().write(line);
    }
    draft.seal().post()
}
