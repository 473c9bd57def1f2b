//! Writing leaves a draft a draft, so that step may borrow. Sealing still consumes.

struct Draft(String);
struct Sealed(String);

impl Draft {
    fn write(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
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
        draft.write(line);
    }
    draft.seal().post()
}
