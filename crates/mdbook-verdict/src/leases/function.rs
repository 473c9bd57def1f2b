//! The function that a `leases` fence speaks of: its lines, its variables, and where questions can stand.

use std::ops::Range;

use syn::parse::Parser as _;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, Item, ItemFn, Pat, Stmt};

use crate::blocks::Block;
use crate::wrap;

/// A function whose copies can be asked questions.
pub struct Function {
    /// How copies of it are made.
    pub shape: Shape,
    /// Its lines, as far as a reader sees them.
    pub lines: Vec<Line>,
    /// Its variables, in the order of their declarations.
    pub variables: Vec<Variable>,
}

/// Where a function stands in its block. All numbers are bytes of the block's code.
pub enum Shape {
    /// An item: copies stand beside it, under other names.
    Item {
        /// From `fn` to the closing brace.
        whole: Range<usize>,
        /// Its name.
        name: Range<usize>,
        /// It is among the statements of an implicit `main`.
        within_main: bool,
    },
    /// The implicit `main`: everything behind the crate attributes.
    ImplicitMain {
        /// Where its body begins.
        start: usize,
    },
}

/// A line of the picture: a statement, or a brace.
pub struct Line {
    /// The code, its first line only.
    pub text: String,
    /// Where questions stand that are asked after it; none where nothing is left to be asked.
    pub point: Option<usize>,
}

/// A local variable, or a parameter.
pub struct Variable {
    /// Its name.
    pub name: String,
    /// From behind its declaration to the end of its block.
    scope: Range<usize>,
    /// Its type is written down as a reference, and what it refers to is the caller's.
    pub of_caller: bool,
}

impl Variable {
    /// Whether a question at that place can name it.
    pub fn is_in_scope(&self, point: usize) -> bool {
        self.scope.start <= point && point <= self.scope.end
    }

    /// Whether both are there at once, under one name.
    fn hides(&self, other: &Variable) -> bool {
        let overlap = self.scope.start <= other.scope.end && other.scope.start <= self.scope.end;
        self.name == other.name && overlap
    }
}

impl Function {
    /// Finds the function of that name in a block; `main` may be the implicit one.
    ///
    /// # Errors
    ///
    /// If there is none, or its body is of a kind that isn't understood; what to do about it.
    pub fn find(block: &Block, name: &str) -> Result<Function, String> {
        let code = block.code.as_str();
        let named = |item: &Item| matches!(item, Item::Fn(function) if function.sig.ident == name);
        if let Ok(file) = syn::parse_file(code)
            && let Some(Item::Fn(function)) = file.items.iter().find(|item| named(item))
        {
            return Reader::new(block).function(function, false);
        }
        let start = wrap::crate_level_end(code);
        let statements = syn::Block::parse_within
            .parse_str(&blanked(code, start))
            .map_err(|error| format!("the block isn't understood: {error}"))?;
        let item = statements.iter().find_map(|statement| match statement {
            Stmt::Item(item) if named(item) => Some(item),
            _ => None,
        });
        match item {
            Some(Item::Fn(function)) => Reader::new(block).function(function, true),
            _ if name == "main" => Reader::new(block).implicit_main(start, &statements),
            _ => Err(format!(
                "there is no function `{name}` at the top level of the block"
            )),
        }
    }
}

/// The text with its beginning made blank, so that places stay what they are.
fn blanked(code: &str, end: usize) -> String {
    " ".repeat(end) + &code[end..]
}

/// Reads a function's body.
struct Reader<'b> {
    block: &'b Block,
    lines: Vec<(usize, Line)>,
    variables: Vec<Variable>,
}

impl<'b> Reader<'b> {
    fn new(block: &'b Block) -> Self {
        Reader {
            block,
            lines: Vec::new(),
            variables: Vec::new(),
        }
    }

    fn function(mut self, function: &ItemFn, within_main: bool) -> Result<Function, String> {
        let signature = &function.sig;
        if signature.asyncness.is_some() || signature.constness.is_some() {
            return Err("an async or const function can't be asked; choose a plain one".to_owned());
        }
        let begins = signature.span().byte_range().start;
        let open = function.block.brace_token.span.open().byte_range();
        let close = function.block.brace_token.span.close().byte_range();
        let before = self.variables.len();
        for input in &signature.inputs {
            if let syn::FnArg::Typed(argument) = input {
                let of_caller = matches!(*argument.ty, syn::Type::Reference(_));
                self.declare(&argument.pat, open.end..close.start, of_caller, begins);
            }
        }
        if self.variables.len() > before {
            self.line(begins..open.end, Some(open.end));
        }
        self.statements(&function.block.stmts, close.start, None)?;
        let shape = Shape::Item {
            whole: begins..close.end,
            name: signature.ident.span().byte_range(),
            within_main,
        };
        self.finish(shape)
    }

    fn implicit_main(mut self, start: usize, statements: &[Stmt]) -> Result<Function, String> {
        self.statements(statements, self.block.code.len(), None)?;
        self.finish(Shape::ImplicitMain { start })
    }

    fn finish(self, shape: Shape) -> Result<Function, String> {
        for (number, one) in self.variables.iter().enumerate() {
            if self.variables[..number]
                .iter()
                .any(|other| other.hides(one))
            {
                return Err(format!(
                    "two variables are called `{}` at once, and a question could only name one: rename the other",
                    one.name
                ));
            }
        }
        if self.variables.is_empty() {
            return Err("there is no variable that a reader sees".to_owned());
        }
        let mut lines = self.lines;
        if let Some(two) = lines.windows(2).find(|two| two[0].0 == two[1].0) {
            return Err(format!(
                "`{}` and `{}` stand on one line: put each on its own",
                two[0].1.text.trim(),
                two[1].1.text.trim()
            ));
        }
        let indent = |line: &Line| line.text.len() - line.text.trim_start().len();
        let common = lines.iter().map(|(_, line)| indent(line)).min();
        for (_, line) in &mut lines {
            line.text.drain(..common.unwrap_or(0));
        }
        Ok(Function {
            shape,
            lines: lines.into_iter().map(|(_, line)| line).collect(),
            variables: self.variables,
        })
    }

    /// Reads the statements of a block that ends at `end`. `behind` is the place behind the whole
    /// of it, where questions go on after a last expression; none at the end of the function.
    fn statements(
        &mut self,
        statements: &[Stmt],
        end: usize,
        behind: Option<usize>,
    ) -> Result<(), String> {
        for (number, statement) in statements.iter().enumerate() {
            let range = statement.span().byte_range();
            let is_last = number + 1 == statements.len();
            match statement {
                Stmt::Item(_) => {}
                Stmt::Local(local) => {
                    let init = local.init.as_ref().filter(|init| init.diverge.is_none());
                    match init.and_then(|init| plain_block(&init.expr)) {
                        Some(block) => self.nested(block, &range)?,
                        None => self.line(range.clone(), Some(range.end)),
                    }
                    self.declare(&local.pat, range.end..end, false, range.start);
                }
                Stmt::Expr(expression, semicolon) => match plain_block(expression) {
                    Some(block) if semicolon.is_some() || !is_last => {
                        self.nested(block, &range)?;
                    }
                    _ if is_last && semicolon.is_none() && !is_unit(expression) => {
                        self.line(range, behind);
                    }
                    _ => self.line(range.clone(), Some(range.end)),
                },
                Stmt::Macro(call) => {
                    let is_value = is_last && call.semi_token.is_none();
                    let point = match is_value {
                        true => behind,
                        false => Some(range.end),
                    };
                    self.line(range, point);
                }
            }
        }
        Ok(())
    }

    /// A statement that is, or is made by, a block in braces: its lines stand by themselves.
    fn nested(&mut self, block: &syn::Block, statement: &Range<usize>) -> Result<(), String> {
        let open = block.brace_token.span.open().byte_range();
        let close = block.brace_token.span.close().byte_range();
        self.line(statement.start..open.end, Some(open.end));
        self.statements(&block.stmts, close.start, Some(statement.end))?;
        self.line(close.start..statement.end, Some(statement.end));
        Ok(())
    }

    fn line(&mut self, range: Range<usize>, point: Option<usize>) {
        let number = self.number(range.start);
        if self.is_hidden(number) {
            return;
        }
        let code = &self.block.code;
        let begins = code[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let indent: String = code[begins..range.start]
            .chars()
            .take_while(|c| c.is_whitespace())
            .collect();
        let mut text = code[range.clone()].lines();
        let first = text.next().unwrap_or_default().trim_end();
        let more = match text.next() {
            Some(_) => " …",
            None => "",
        };
        let text = format!("{indent}{first}{more}");
        self.lines.push((number, Line { text, point }));
    }

    fn declare(&mut self, pattern: &Pat, scope: Range<usize>, of_caller: bool, at: usize) {
        if self.is_hidden(self.number(at)) {
            return;
        }
        let mut names = Names::default();
        names.visit_pat(pattern);
        for name in names.0 {
            self.variables.push(Variable {
                name,
                scope: scope.clone(),
                of_caller,
            });
        }
    }

    /// The line that a byte of the code is in, counted from 0.
    fn number(&self, at: usize) -> usize {
        self.block.code[..at].matches('\n').count()
    }

    fn is_hidden(&self, line: usize) -> bool {
        self.block.shown.get(line) == Some(&false)
    }
}

/// The names that a pattern binds.
#[derive(Default)]
struct Names(Vec<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        let name = pattern.ident.to_string();
        // `None` and constants look like bindings.
        if !name.starts_with(char::is_uppercase) {
            self.0.push(name);
        }
        visit::visit_pat_ident(self, pattern);
    }
}

fn plain_block(expression: &Expr) -> Option<&syn::Block> {
    match expression {
        Expr::Block(block) if block.label.is_none() && block.attrs.is_empty() => Some(&block.block),
        _ => None,
    }
}

/// Whether an expression without a semicolon at the end of a block is a statement all the same.
fn is_unit(expression: &Expr) -> bool {
    match expression {
        Expr::ForLoop(_) | Expr::While(_) => true,
        Expr::If(branch) => branch.else_branch.is_none(),
        _ => false,
    }
}
