//! The colours of code against their grounds, computed for every theme that mdBook offers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use regex::Regex;

type Colour = [f64; 3];
type Variables = BTreeMap<String, String>;

const THEMES: &[&str] = &["light", "rust", "coal", "navy", "ayu"];

/// The variables that a style sheet sets, by the selector of their rule.
fn rules(css: &str) -> Vec<(String, Variables)> {
    let comment = Regex::new(r"(?s)/\*.*?\*/").unwrap();
    let rule = Regex::new(r"(?s)([^{}]+)\{([^{}]*)\}").unwrap();
    let variable = Regex::new(r"--([\w-]+):\s*([^;]+);").unwrap();
    let css = comment.replace_all(css, "");
    rule.captures_iter(&css)
        .map(|rule| {
            let variables = variable.captures_iter(&rule[2]);
            let variables = variables.map(|it| (it[1].to_owned(), it[2].trim().to_owned()));
            (rule[1].trim().to_owned(), variables.collect())
        })
        .collect()
}

/// What the variables are under a theme. What a reader without scripts gets is left out.
fn under(theme: &str, sheets: &[&str]) -> Variables {
    let class = Regex::new(&format!(r"\.{theme}\b")).unwrap();
    let mut all = Variables::new();
    for sheet in sheets {
        for (selector, variables) in rules(sheet) {
            if selector == ":root" || class.is_match(&selector) {
                all.extend(variables);
            }
        }
    }
    all
}

fn colour(value: &str, variables: &Variables) -> Colour {
    let inside = |name: &str| value.strip_prefix(name)?.strip_suffix(')');
    if let Some(name) = inside("var(--") {
        return colour(&variables[name], variables);
    }
    if let Some(mix) = inside("color-mix(in srgb, ") {
        let (first, second) = mix.split_once("%, ").expect("a share, and a second colour");
        let (first, share) = first.rsplit_once(' ').expect("a share");
        let share: f64 = share.parse::<f64>().unwrap() / 100.0;
        let (first, second) = (colour(first, variables), colour(second, variables));
        return std::array::from_fn(|at| first[at] * share + second[at] * (1.0 - share));
    }
    if let Some(hsl) = inside("hsl(") {
        let parts: Vec<f64> = hsl
            .split(',')
            .map(|part| part.trim().trim_end_matches('%').parse().unwrap())
            .collect();
        return from_hsl(parts[0], parts[1] / 100.0, parts[2] / 100.0);
    }
    let hex = value.strip_prefix('#').unwrap_or_else(|| panic!("{value}"));
    let wide = if hex.len() == 3 { 1 } else { 2 };
    std::array::from_fn(|at| {
        let digits = &hex[at * wide..(at + 1) * wide];
        let digits = if wide == 1 {
            digits.repeat(2)
        } else {
            digits.to_owned()
        };
        f64::from(u8::from_str_radix(&digits, 16).unwrap()) / 255.0
    })
}

/// By CSS Color 4, "Converting HSL colors to sRGB".
fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> Colour {
    [0.0, 8.0, 4.0].map(|n| {
        let k = (n + hue / 30.0) % 12.0;
        let a = saturation * lightness.min(1.0 - lightness);
        lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

/// By WCAG 2.2, "contrast ratio".
fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |colour: Colour| {
        let linear = colour.map(|part| match part <= 0.04045 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// Each colour of code that can't be read well: theme, name, ground, contrast.
fn faint(mdbook: &str, code: &str) -> Vec<String> {
    let mut faint = Vec::new();
    for theme in THEMES {
        let variables = under(theme, &[mdbook, code]);
        let of = |name: &str| colour(&variables[name], &variables);
        let text = variables.keys().filter(|name| name.starts_with("code-"));
        for name in text.filter(|name| !["code-ground", "code-font-size"].contains(&name.as_str()))
        {
            // A program has a ground of its own, a message the page's, a hidden line a stronger one.
            let ground = of("code-ground");
            let shown = of("code-text");
            let hidden = std::array::from_fn(|at| ground[at] * 0.94 + shown[at] * 0.06);
            for (what, ground) in [("code", ground), ("page", of("bg")), ("hidden", hidden)] {
                let contrast = contrast(of(name), ground);
                if contrast < 4.5 {
                    faint.push(format!("{theme}: {name} on {what}: {contrast:.2}"));
                }
            }
        }
        let inline = contrast(of("inline-code-color"), of("code-ground"));
        if inline < 4.5 {
            faint.push(format!("{theme}: inline code: {inline:.2}"));
        }
    }
    faint
}

/// The style sheet in which mdBook sets its themes' variables.
fn mdbooks_variables() -> String {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("src")).unwrap();
    fs::write(root.join("src/SUMMARY.md"), "- [A](a.md)\n").unwrap();
    fs::write(root.join("src/a.md"), "# A\n").unwrap();
    fs::write(root.join("book.toml"), "").unwrap();
    mdbook_driver::MDBook::load(root).unwrap().build().unwrap();
    let sheets = fs::read_dir(root.join("book/css")).unwrap();
    let mut paths = sheets.map(|entry| entry.unwrap().path());
    let path = paths.find(|path| path.to_string_lossy().contains("variables"));
    fs::read_to_string(path.unwrap()).unwrap()
}

#[test]
fn code_can_be_read_in_every_theme() {
    let mdbook = mdbooks_variables();
    let code = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theme/code.css");
    let code = fs::read_to_string(code).unwrap();
    let none: [&str; 0] = [];
    assert_eq!(faint(&mdbook, &code), none);

    // And one that is too faint is seen, in the themes that it is for.
    let planted = code.replacen("--code-keyword: #7a1fa2", "--code-keyword: #b98ecb", 1);
    assert_ne!(planted, code);
    let faint = faint(&mdbook, &planted);
    assert!(
        faint
            .iter()
            .any(|it| it.starts_with("light: code-keyword on page")),
        "{faint:?}"
    );
    assert!(!faint.iter().any(|it| it.starts_with("coal")), "{faint:?}");
}

#[test]
fn every_class_that_is_written_has_its_colour() {
    let code = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theme/code.css");
    let code = fs::read_to_string(code).unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../highlight/src");
    let class = Regex::new(r#"Some\("([a-z_]+)"\)|=> "([a-z_]+)""#).unwrap();
    let mut seen = 0;
    for file in ["rust.rs", "diagnostic.rs", "script.rs"] {
        let text = fs::read_to_string(source.join(file)).unwrap();
        for found in class.captures_iter(&text) {
            let name = found.get(1).or(found.get(2)).unwrap().as_str();
            if ["rust", "error", "note", "sh"].contains(&name) {
                continue;
            }
            seen += 1;
            assert!(code.contains(&format!(".hljs-{name}")), "{file}: {name}");
        }
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn contrast_is_computed_as_the_standards_say() {
    let none = Variables::new();
    let of = |value: &str| colour(value, &none);
    assert!((contrast(of("#000"), of("#ffffff")) - 21.0).abs() < 0.001);
    assert!((contrast(of("#777777"), of("hsl(0, 0%, 100%)")) - 4.48).abs() < 0.005);
    let red = of("hsl(0, 100%, 50%)");
    assert!((contrast(red, of("#f00")) - 1.0).abs() < 0.001);
    let half = of("color-mix(in srgb, #000 50%, #fff)");
    assert!((half[0] - 0.5).abs() < 0.001);
}
