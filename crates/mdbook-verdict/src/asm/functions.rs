//! Which functions of a block are shown, and the program that they are compiled in.

use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Item, Stmt};

use crate::blocks::Block;
use crate::separate;
use crate::wrap::Program;

/// The functions of a block that keep their names.
pub struct Functions {
    /// Their names, in the order of the block.
    pub names: Vec<String>,
    /// The block's program without its `main`: machine code is shown of what doesn't print, and
    /// what prints may need more of std than there is.
    pub program: String,
}

impl Functions {
    /// The functions of a block.
    ///
    /// # Errors
    ///
    /// If there are none, or it can't be read.
    pub fn of(block: &Block) -> Result<Functions, String> {
        let statements =
            separate::parse(&block.code).ok_or("the block before it isn't understood")?;
        let mut kept = Kept::default();
        for statement in &statements {
            kept.visit_stmt(statement);
        }
        match kept.names.is_empty() {
            true => Err(
                "no function of the block before it is `#[unsafe(no_mangle)]`, and only those are shown"
                    .to_owned(),
            ),
            false => Ok(Functions {
                names: kept.names,
                program: without_main(block, &statements),
            }),
        }
    }
}

/// The program of a block without a `main`, unless there are statements in it.
fn without_main(block: &Block, statements: &[Stmt]) -> String {
    let items = |statement: &Stmt| matches!(statement, Stmt::Item(_));
    let mut program = match statements.iter().all(items) {
        true => block.code.clone(),
        // They stand in an implicit `main`, and so do the functions.
        false => Program::to_check(block).text,
    };
    let main = syn::parse_file(&program).ok().and_then(|file| {
        file.items.into_iter().find_map(|item| match item {
            Item::Fn(function) if function.sig.ident == "main" => Some(function),
            _ => None,
        })
    });
    if let Some(main) = main.filter(|_| program == block.code) {
        let begins = main.span().byte_range().start;
        let ends = main.block.brace_token.span.close().byte_range().end;
        program.replace_range(begins..ends, "");
    }
    program
}

#[derive(Default)]
struct Kept {
    names: Vec<String>,
}

impl<'ast> Visit<'ast> for Kept {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.attrs, &function.sig);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.attrs, &function.sig);
        visit::visit_impl_item_fn(self, function);
    }
}

impl Kept {
    fn add(&mut self, attributes: &[syn::Attribute], signature: &syn::Signature) {
        let kept = |attribute: &syn::Attribute| match &attribute.meta {
            syn::Meta::List(list) => {
                list.path.is_ident("unsafe") && list.tokens.to_string() == "no_mangle"
            }
            meta => meta.path().is_ident("no_mangle"),
        };
        if attributes.iter().any(kept) {
            self.names.push(signature.ident.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::{find, text_of};
    use crate::tags::Edition;

    fn functions(code: &str) -> Result<Functions, String> {
        let text = text_of("a.md", &format!("```rust\n{code}\n```\n"));
        Functions::of(&find(&text, Edition::E2024, "x86_64").blocks[0])
    }

    #[test]
    fn they_are_those_that_keep_their_names_in_the_order_of_the_block() {
        let code = "#[unsafe(no_mangle)]\npub fn z() {}\nfn hidden() {}\nmod inner { #[unsafe( no_mangle )] #[inline] fn a() {} }\nstruct S; impl S { #[unsafe(no_mangle)] fn m() {} }";
        assert_eq!(functions(code).unwrap().names, ["z", "a", "m"]);
        let beside = "let x = 1;\n#[unsafe(no_mangle)]\nfn f() {}";
        assert_eq!(functions(beside).unwrap().names, ["f"]);
    }

    #[test]
    fn a_block_without_one_is_refused() {
        for code in [
            "fn f() {}",
            "// #[unsafe(no_mangle)]\nfn f() {}",
            "#[must_use]\nfn f() -> u8 { 1 }",
        ] {
            assert!(functions(code).is_err_and(|cause| cause.contains("no_mangle")));
        }
    }

    #[test]
    fn only_the_blocks_own_main_is_left_out() {
        let f = "#[unsafe(no_mangle)]\nfn f() {}\n";
        let own = functions(&format!("{f}/// Doc\nfn main() {{ println!(\"}}\"); }}")).unwrap();
        assert_eq!(own.program, format!("{f}\n"));
        let none = functions(f.trim_end()).unwrap();
        assert_eq!(none.program, f);
        let implicit = functions(&format!("let a = 1;\n{f}")).unwrap();
        assert!(implicit.program.contains("fn main() {") && implicit.program.contains("fn f()"));
    }
}
