//! The first line makes the draft, the others are added. And if there is none?

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
    let (first, others) = lines.split_first().unwrap();
    let mut draft = Draft(String::new()).write(first);
    for line in others {
        draft = draft.write(line);
    }
    draft.seal().post()
}
