//! The items of a program: functions, types, statics, constants, imports.

use crate::Error;
use crate::value::Span;
use proc_macro2::Span as TokenSpan;
use std::collections::HashMap;
use syn::spanned::Spanned;

type R<T> = Result<T, Error>;

/// A function or method.
pub(crate) struct FnDef<'a> {
    pub(crate) sig: &'a syn::Signature,
    pub(crate) body: &'a syn::Block,
    pub(crate) self_ty: Option<&'a syn::Type>,
    pub(crate) generics: Vec<String>,
    pub(crate) bounds: Vec<FnBound<'a>>,
    /// From the prelude, not from the source.
    pub(crate) hidden: bool,
}

/// `F: FnOnce(A, B) -> C`.
pub(crate) struct FnBound<'a> {
    pub(crate) param: String,
    pub(crate) inputs: Vec<&'a syn::Type>,
    pub(crate) output: Option<&'a syn::Type>,
}

/// A struct, or an enum.
pub(crate) struct Adt<'a> {
    pub(crate) name: String,
    pub(crate) generics: Vec<String>,
    pub(crate) is_enum: bool,
    pub(crate) variants: Vec<Variant<'a>>,
    pub(crate) methods: HashMap<String, usize>,
    pub(crate) drop: Option<usize>,
    pub(crate) deref: Option<usize>,
    pub(crate) deref_mut: Option<usize>,
    pub(crate) copy: bool,
    pub(crate) clone: bool,
    pub(crate) debug: bool,
    pub(crate) eq: bool,
    pub(crate) hidden: bool,
}

pub(crate) struct Variant<'a> {
    pub(crate) name: String,
    pub(crate) fields: Vec<(String, &'a syn::Type)>,
    pub(crate) named: bool,
}

pub(crate) struct StaticDef<'a> {
    pub(crate) name: String,
    pub(crate) ty: &'a syn::Type,
    pub(crate) init: &'a syn::Expr,
    pub(crate) mutable: bool,
}

#[derive(Default)]
pub(crate) struct Items<'a> {
    pub(crate) fns: Vec<FnDef<'a>>,
    pub(crate) by_name: HashMap<String, usize>,
    pub(crate) adts: Vec<Adt<'a>>,
    pub(crate) adt_names: HashMap<String, usize>,
    pub(crate) statics: Vec<StaticDef<'a>>,
    pub(crate) consts: HashMap<String, (&'a syn::Type, &'a syn::Expr)>,
    pub(crate) aliases: HashMap<String, (Vec<String>, &'a syn::Type)>,
    pub(crate) uses: HashMap<String, Vec<String>>,
    pub(crate) globs: Vec<Vec<String>>,
    /// Whether the program asks how many `Arc`s there are.
    pub(crate) counts_arcs: bool,
    hidden: bool,
}

pub(crate) fn span_of(node: &impl Spanned) -> Span {
    span(node.span())
}

pub(crate) fn span(span: TokenSpan) -> Span {
    let start = span.start();
    Span {
        line: start.line as u32,
        column: start.column as u32 + 1,
    }
}

struct Finder<'a>(Vec<&'a syn::Item>, bool);

impl<'a> syn::visit::Visit<'a> for Finder<'a> {
    fn visit_item(&mut self, item: &'a syn::Item) {
        self.0.push(item);
        syn::visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let mut names = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        self.1 |= names
            .next_back()
            .is_some_and(|last| last == "try_unwrap" || last == "into_inner")
            && names.any(|name| name == "Arc");
        syn::visit::visit_path(self, path);
    }
}

impl<'a> Items<'a> {
    /// Reads the items of a file, those inside functions too.
    pub(crate) fn add(&mut self, file: &'a syn::File, hidden: bool) -> R<()> {
        self.hidden = hidden;
        let mut finder = Finder(Vec::new(), false);
        syn::visit::Visit::visit_file(&mut finder, file);
        self.counts_arcs |= finder.1;
        for item in &finder.0 {
            self.types(item)?;
        }
        for item in finder.0 {
            self.item(item)?;
        }
        Ok(())
    }

    fn types(&mut self, item: &'a syn::Item) -> R<()> {
        let (name, generics, attrs, is_enum, variants) = match item {
            syn::Item::Struct(item) => {
                let variant = variant(item.ident.to_string(), &item.fields);
                (
                    &item.ident,
                    &item.generics,
                    &item.attrs,
                    false,
                    vec![variant],
                )
            }
            syn::Item::Enum(item) => {
                let variants = item.variants.iter();
                let variants = variants
                    .map(|v| variant(v.ident.to_string(), &v.fields))
                    .collect();
                (&item.ident, &item.generics, &item.attrs, true, variants)
            }
            _ => return Ok(()),
        };
        let derives = derives(attrs);
        let has = |name: &str| derives.iter().any(|derive| derive == name);
        let adt = Adt {
            name: name.to_string(),
            generics: type_params(generics)?,
            is_enum,
            variants,
            methods: HashMap::new(),
            drop: None,
            deref: None,
            deref_mut: None,
            copy: has("Copy"),
            clone: has("Clone"),
            debug: has("Debug"),
            eq: has("PartialEq"),
            hidden: self.hidden,
        };
        if let Some(&known) = self.adt_names.get(&adt.name)
            && !self.adts[known].hidden
        {
            return Err(Error::new(
                span_of(name),
                format!("there are two types named `{name}`; rename one of them"),
            ));
        }
        self.adt_names.insert(adt.name.clone(), self.adts.len());
        self.adts.push(adt);
        Ok(())
    }

    fn item(&mut self, item: &'a syn::Item) -> R<()> {
        match item {
            syn::Item::Fn(item) => self.function(&item.sig, &item.block),
            syn::Item::Struct(_) | syn::Item::Enum(_) => Ok(()),
            syn::Item::Static(item) => {
                self.statics.push(StaticDef {
                    name: item.ident.to_string(),
                    ty: &item.ty,
                    init: &item.expr,
                    mutable: matches!(item.mutability, syn::StaticMutability::Mut(_)),
                });
                Ok(())
            }
            syn::Item::Const(item) => {
                self.consts
                    .insert(item.ident.to_string(), (&item.ty, &item.expr));
                Ok(())
            }
            syn::Item::Type(item) => {
                let generics = type_params(&item.generics)?;
                self.aliases
                    .insert(item.ident.to_string(), (generics, &item.ty));
                Ok(())
            }
            syn::Item::Use(item) => {
                self.import(&item.tree, Vec::new());
                Ok(())
            }
            syn::Item::Impl(item) => self.implementation(item),
            other => Err(Error::new(
                span_of(other),
                "this kind of item isn't followed; write functions, structs, enums, statics, \
                 consts, impls and `use`",
            )),
        }
    }

    fn function(&mut self, sig: &'a syn::Signature, body: &'a syn::Block) -> R<()> {
        let name = sig.ident.to_string();
        if let Some(&known) = self.by_name.get(&name)
            && !self.fns[known].hidden
        {
            return Err(Error::new(
                span_of(&sig.ident),
                format!("there are two functions named `{name}`; rename one of them"),
            ));
        }
        self.by_name.insert(name, self.fns.len());
        self.define(sig, body, None, &[])?;
        Ok(())
    }

    fn define(
        &mut self,
        sig: &'a syn::Signature,
        body: &'a syn::Block,
        implementation: Option<&'a syn::ItemImpl>,
        outer: &[String],
    ) -> R<usize> {
        if let Some(token) = &sig.asyncness {
            return Err(Error::new(
                span_of(token),
                "async functions aren't followed; write threads",
            ));
        }
        let mut generics = outer.to_vec();
        generics.extend(type_params(&sig.generics)?);
        let mut bounds = fn_bounds(&sig.generics);
        if let Some(implementation) = implementation {
            bounds.extend(fn_bounds(&implementation.generics));
        }
        for (i, input) in sig.inputs.iter().enumerate() {
            if let syn::FnArg::Typed(input) = input
                && let syn::Type::ImplTrait(ty) = &*input.ty
            {
                let name = format!("impl {i}");
                bounds.extend(bound(&name, ty.bounds.iter()));
                generics.push(name);
            }
        }
        self.fns.push(FnDef {
            sig,
            body,
            self_ty: implementation.map(|implementation| &*implementation.self_ty),
            generics,
            bounds,
            hidden: self.hidden,
        });
        Ok(self.fns.len() - 1)
    }

    fn implementation(&mut self, item: &'a syn::ItemImpl) -> R<()> {
        let name = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        };
        let adt = name.and_then(|name| self.adt_names.get(&name).copied());
        let Some(adt) = adt else {
            return Err(Error::new(
                span_of(&item.self_ty),
                "only the program's own structs and enums can have an impl here",
            ));
        };
        let trait_name = item.trait_.as_ref().and_then(|(path, _)| {
            path.segments
                .last()
                .map(|segment| segment.ident.to_string())
        });
        match trait_name.as_deref() {
            Some("Copy") => self.adts[adt].copy = true,
            Some("Send" | "Sync" | "Eq" | "Unpin" | "UnwindSafe" | "RefUnwindSafe") => {
                return Ok(());
            }
            None | Some("Drop" | "Deref" | "DerefMut" | "Default" | "Clone") => {}
            Some(other) => {
                return Err(Error::new(
                    span_of(&item.self_ty),
                    format!(
                        "an impl of `{other}` isn't followed; write its methods in a plain `impl`"
                    ),
                ));
            }
        }
        let generics = type_params(&item.generics)?;
        for part in &item.items {
            match part {
                syn::ImplItem::Fn(method) => {
                    let function =
                        self.define(&method.sig, &method.block, Some(item), &generics)?;
                    let adt = &mut self.adts[adt];
                    match trait_name.as_deref() {
                        Some("Drop") => adt.drop = Some(function),
                        Some("Deref") => adt.deref = Some(function),
                        Some("DerefMut") => adt.deref_mut = Some(function),
                        _ => {
                            adt.methods.insert(method.sig.ident.to_string(), function);
                        }
                    }
                }
                syn::ImplItem::Type(_) => {}
                syn::ImplItem::Const(constant) => {
                    let name = format!("{}::{}", self.adts[adt].name, constant.ident);
                    self.consts.insert(name, (&constant.ty, &constant.expr));
                }
                other => {
                    return Err(Error::new(
                        span_of(other),
                        "only methods and constants can stand in an impl here",
                    ));
                }
            }
        }
        Ok(())
    }

    fn import(&mut self, tree: &syn::UseTree, mut path: Vec<String>) {
        match tree {
            syn::UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.import(&step.tree, path);
            }
            syn::UseTree::Name(name) if name.ident == "self" => {
                if let Some(last) = path.last() {
                    self.uses.insert(last.clone(), path);
                }
            }
            syn::UseTree::Name(name) => {
                path.push(name.ident.to_string());
                self.uses.insert(name.ident.to_string(), path);
            }
            syn::UseTree::Rename(rename) => {
                path.push(rename.ident.to_string());
                self.uses.insert(rename.rename.to_string(), path);
            }
            syn::UseTree::Glob(_) => self.globs.push(path),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, path.clone());
                }
            }
        }
    }

    /// The whole path of a name: imports followed, `std` first where it is std's.
    pub(crate) fn path(&self, path: &syn::Path) -> Vec<String> {
        let mut steps: Vec<String> = Vec::new();
        for segment in &path.segments {
            let name = segment.ident.to_string();
            if !matches!(name.as_str(), "self" | "crate") || path.segments.len() == 1 {
                steps.push(name);
            }
        }
        let first = steps.first().cloned().unwrap_or_default();
        let own = self
            .adt_names
            .get(&first)
            .is_some_and(|&adt| !self.adts[adt].hidden);
        if own && !self.uses.contains_key(&first) {
            return steps;
        }
        if let Some(whole) = self.uses.get(&first) {
            let rest = steps.split_off(1);
            steps = whole
                .iter()
                .filter(|step| *step != "self" && *step != "crate")
                .cloned()
                .collect();
            steps.extend(rest);
        } else if steps.len() > 1 || !self.by_name.contains_key(&first) {
            for glob in &self.globs {
                let known = match glob.last().map(String::as_str) {
                    Some("Ordering") => {
                        ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"].contains(&&*first)
                    }
                    Some("atomic") => {
                        first.starts_with("Atomic") || first == "Ordering" || first == "fence"
                    }
                    Some("sync") => [
                        "Arc", "Mutex", "RwLock", "Condvar", "Barrier", "Once", "OnceLock", "mpsc",
                        "atomic",
                    ]
                    .contains(&&*first),
                    Some("mpsc") => [
                        "channel",
                        "sync_channel",
                        "Sender",
                        "Receiver",
                        "SyncSender",
                    ]
                    .contains(&&*first),
                    Some("thread") => ["spawn", "scope", "park"].contains(&&*first),
                    Some(last) => self.adt_names.get(last).is_some_and(|&adt| {
                        self.adts[adt]
                            .variants
                            .iter()
                            .any(|variant| variant.name == first)
                    }),
                    None => false,
                };
                if known {
                    let mut whole = glob.clone();
                    whole.extend(steps);
                    return whole;
                }
            }
        }
        steps
    }
}

fn variant(name: String, fields: &syn::Fields) -> Variant<'_> {
    let named = matches!(fields, syn::Fields::Named(_));
    let fields = fields.iter().enumerate().map(|(i, field)| {
        let name = field
            .ident
            .as_ref()
            .map_or(i.to_string(), ToString::to_string);
        (name, &field.ty)
    });
    Variant {
        name,
        fields: fields.collect(),
        named,
    }
}

fn derives(attrs: &[syn::Attribute]) -> Vec<String> {
    let mut found = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("derive")) {
        _ = attr.parse_nested_meta(|meta| {
            found.extend(meta.path.segments.last().map(|last| last.ident.to_string()));
            Ok(())
        });
    }
    found
}

fn type_params(generics: &syn::Generics) -> R<Vec<String>> {
    let mut names = Vec::new();
    for param in &generics.params {
        match param {
            syn::GenericParam::Type(param) => names.push(param.ident.to_string()),
            syn::GenericParam::Lifetime(_) => {}
            other => {
                return Err(Error::new(
                    span_of(other),
                    "const parameters aren't followed; write the number",
                ));
            }
        }
    }
    Ok(names)
}

fn bound<'a>(
    param: &str,
    bounds: impl Iterator<Item = &'a syn::TypeParamBound>,
) -> Vec<FnBound<'a>> {
    let mut found = Vec::new();
    for bound in bounds {
        if let syn::TypeParamBound::Trait(bound) = bound
            && let Some(last) = bound.path.segments.last()
            && let syn::PathArguments::Parenthesized(args) = &last.arguments
        {
            let output = match &args.output {
                syn::ReturnType::Default => None,
                syn::ReturnType::Type(_, ty) => Some(&**ty),
            };
            let inputs = args.inputs.iter().map(|input| &input.ty).collect();
            found.push(FnBound {
                param: param.to_owned(),
                inputs,
                output,
            });
        }
    }
    found
}

fn fn_bounds(generics: &syn::Generics) -> Vec<FnBound<'_>> {
    let mut found = Vec::new();
    for param in &generics.params {
        if let syn::GenericParam::Type(param) = param {
            found.extend(bound(&param.ident.to_string(), param.bounds.iter()));
        }
    }
    for predicate in generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates)
    {
        if let syn::WherePredicate::Type(predicate) = predicate
            && let syn::Type::Path(path) = &predicate.bounded_ty
            && let Some(ident) = path.path.get_ident()
        {
            found.extend(bound(&ident.to_string(), predicate.bounds.iter()));
        }
    }
    found
}
