//! What a pane says of its program, so that a page's script can hand it whole to the Rust Playground.

use crate::blocks::Block;
use crate::plan::Promise;
use crate::wrap::Added;

/// Whether there is something to be seen of this block when it is compiled, or run, elsewhere; if
/// it needs no more there than the standard library.
pub(crate) fn is_worth_it(block: &Block) -> bool {
    let ends = match Promise::of(block) {
        Promise::Runs | Promise::Panics | Promise::Rejected(_) => true,
        Promise::Ignored | Promise::Compiles => false,
    };
    ends && block.place.fenced && !block.tags.test_harness
}

/// The attributes of the block's figure: its edition, and what the whole program has more than the
/// block's text, which the page shows.
///
/// `data-run="2024"`; if rustdoc would put a `main` around it, `data-before` and `data-after` hold
/// what stands before and behind the text; if crate attributes come first, `data-at` says after how
/// many UTF-16 units of the text `data-before` has its place, as scripts count.
pub(crate) fn attributes(block: &Block) -> String {
    let mut attributes = format!(" data-run=\"{}\"", block.edition.year());
    let Some(Added { at, before, after }) = Added::to(block) else {
        return attributes;
    };
    let units = block.code[..at].encode_utf16().count();
    if units > 0 {
        attributes.push_str(&format!(" data-at=\"{units}\""));
    }
    let quoted = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    attributes.push_str(&format!(
        " data-before=\"{}\" data-after=\"{}\"",
        quoted(&before),
        quoted(after)
    ));
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::{find, text_of};
    use crate::tags::Edition;

    fn block(tags: &str, code: &str) -> Block {
        let text = text_of("a.md", &format!("```{tags}\n{code}\n```\n"));
        find(&text, Edition::E2024, "x86_64").blocks.remove(0)
    }

    #[test]
    fn a_program_with_its_own_main_says_its_edition_alone() {
        let attributes = |tags| attributes(&block(tags, "fn main() {}"));
        assert_eq!(attributes("rust"), " data-run=\"2024\"");
        assert_eq!(attributes("rust,edition2018"), " data-run=\"2018\"");
    }

    #[test]
    fn what_is_put_around_a_block_is_said_with_its_place() {
        assert_eq!(
            attributes(&block("rust", "f();")),
            " data-run=\"2024\" data-before=\"fn main() { \" data-after=\"}\""
        );
        // Beyond the basic plane a character is two units.
        assert_eq!(
            attributes(&block("rust", "// 𝄞\n#![deny(dead_code)]\nf();")),
            " data-run=\"2024\" data-at=\"25\" data-before=\" fn main() {\" data-after=\"}\""
        );
        let result = attributes(&block("rust", "f()?;\nOk::<(), E>(())"));
        assert!(
            result.contains("core::result::Result&lt;(), impl"),
            "{result}"
        );
    }

    #[test]
    fn what_may_not_end_or_is_no_program_is_not_worth_it() {
        for (tags, worth) in [
            ("rust", true),
            ("rust,should_panic", true),
            ("rust,compile_fail,E0382", true),
            ("rust,no_run", false),
            ("rust,ignore", false),
            ("rust,test_harness", false),
        ] {
            assert_eq!(is_worth_it(&block(tags, "f();")), worth, "{tags}");
        }
        let text = text_of("a.md", "    f();\n");
        assert!(!is_worth_it(&find(&text, Edition::E2024, "").blocks[0]));
    }
}
