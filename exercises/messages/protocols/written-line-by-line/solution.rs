//! Each step gives the next draft, which takes the place of the one that is used up.

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
    let mut draft = Draft(String::new());
    for line in lines {
        draft = draft.write(line);
    }
    draft.seal().post()
}
