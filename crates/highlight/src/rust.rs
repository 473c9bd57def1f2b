//! Rust's tokens, cut by rustc's own lexer, and what each is to a reader.

use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, strip_shebang, tokenize};

use crate::span::Span;

/// Words that are never names, and `union` and `macro_rules` where they are read as such.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "fn", "for", "gen", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "self", "Self", "static", "struct", "super", "trait", "try", "type", "unsafe",
    "use", "where", "while", "yield",
];

const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16",
    "u32", "u64", "u8", "usize",
];

/// Values that people read as literals.
const LITERALS: &[&str] = &["true", "false", "Some", "None", "Ok", "Err"];

/// What a name follows that is being defined.
const DEFINES: &[&str] = &["enum", "fn", "mod", "struct", "trait", "type", "union"];

struct Token<'t> {
    kind: TokenKind,
    text: &'t str,
}

/// Classifies all of `code`.
pub fn spans(code: &str) -> Vec<Span> {
    let shebang = strip_shebang(code).unwrap_or(0);
    let tokens = tokens(&code[shebang..]);
    let mut spans = Vec::with_capacity(tokens.len() + 1);
    spans.push(Span {
        len: shebang,
        class: Some("comment"),
    });
    let mut defined = false;
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = attribute(&tokens, at) {
            let len = tokens[at..end].iter().map(|token| token.text.len()).sum();
            spans.push(Span {
                len,
                class: Some("meta"),
            });
            at = end;
            continue;
        }
        let token = &tokens[at];
        let class = match token.kind {
            TokenKind::Ident => word(&tokens, at, defined),
            kind => plain_kind(kind),
        };
        if !is_blank(token.kind) {
            defined = DEFINES.contains(&token.text) && class == Some("keyword");
        }
        spans.push(Span {
            len: token.text.len(),
            class,
        });
        at += 1;
    }
    spans
}

fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut rest = code;
    let mut tokens = Vec::new();
    for token in tokenize(code, FrontmatterAllowed::No) {
        let (text, next) = rest.split_at(token.len as usize);
        tokens.push(Token {
            kind: token.kind,
            text,
        });
        rest = next;
    }
    tokens
}

fn is_blank(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Whitespace | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. }
    )
}

fn plain_kind(kind: TokenKind) -> Option<&'static str> {
    match kind {
        TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => Some("comment"),
        TokenKind::Lifetime { .. } | TokenKind::RawLifetime => Some("symbol"),
        TokenKind::Literal { kind, .. } => Some(match kind {
            LiteralKind::Int { .. } | LiteralKind::Float { .. } => "number",
            _ => "string",
        }),
        _ => None,
    }
}

/// What a word is, in its place.
fn word(tokens: &[Token<'_>], at: usize, defined: bool) -> Option<&'static str> {
    let text = tokens[at].text;
    let before = at.checked_sub(1).map(|before| tokens[before].kind);
    let next = |ahead: usize| tokens.get(at + ahead).map(|token| token.kind);
    let is_macro = next(1) == Some(TokenKind::Bang) && next(2) != Some(TokenKind::Eq);
    let is_union = text == "union"
        && next(1) == Some(TokenKind::Whitespace)
        && next(2) == Some(TokenKind::Ident);
    // A macro's variable may have any name.
    let is_variable = before == Some(TokenKind::Dollar) && text != "crate";
    if is_variable {
        Some("variable")
    } else if KEYWORDS.contains(&text) || is_union || (text == "macro_rules" && is_macro) {
        Some("keyword")
    } else if defined {
        Some("title")
    } else if LITERALS.contains(&text) {
        Some("literal")
    } else if is_macro || PRIMITIVES.contains(&text) {
        Some("built_in")
    } else if is_type(text) {
        Some("type")
    } else {
        None
    }
}

/// A type, a trait or a variant by its capital; a constant is all capitals.
fn is_type(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_uppercase)
        && (name.chars().count() == 1 || letters.any(char::is_lowercase))
}

/// The end of the attribute that begins at `at`, if one does and is closed.
fn attribute(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    if kind(at) != Some(TokenKind::Pound) {
        return None;
    }
    let inner = usize::from(kind(at + 1) == Some(TokenKind::Bang));
    let open = at + 1 + inner;
    if kind(open) != Some(TokenKind::OpenBracket) {
        return None;
    }
    let mut depth = 0usize;
    for (offset, token) in tokens[open..].iter().enumerate() {
        match token.kind {
            TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseBracket => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + offset + 1);
        }
    }
    None
}
