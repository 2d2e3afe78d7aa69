//! Makes a built page smaller without changing what it does: one style sheet instead of one for each
//! view, short names for what script and module hand each other, no indentation in the script.
//! The names alone are 5 KB compressed, because each ends in a hash.

mod names;

pub(crate) use names::number;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Slims the page in `folder`, which Trunk has just built without integrity attributes.
pub(crate) fn slim(folder: &Path) -> Result<()> {
    let index = folder.join("index.html");
    let html = fs::read_to_string(&index).context("the built page has no index.html: build it again.")?;
    fs::write(&index, join_styles(folder, &html)?)?;
    for (script, module) in programs(folder)? {
        let (wasm, names) = names::shorten(&fs::read(&module)?).context(
            "the built module cannot be read: has its format changed? See crates/xtask/src/slim.rs.",
        )?;
        fs::write(&module, wasm)?;
        let text = fs::read_to_string(&script)?;
        fs::write(&script, without_indentation(&rename(&text, &names)?))?;
    }
    Ok(())
}

/// Puts all style sheets into one, in their order, and names it once.
fn join_styles(folder: &Path, html: &str) -> Result<String> {
    let mut out = String::with_capacity(html.len());
    let mut styles = String::new();
    let mut rest = html;
    let mut place = None;
    while let Some(start) = rest.find("<link") {
        let end = start + rest[start..].find('>').map_or(rest.len() - start, |end| end + 1);
        let tag = &rest[start..end];
        out.push_str(&rest[..start]);
        match attribute(tag, "href").filter(|_| attribute(tag, "rel") == Some("stylesheet")) {
            Some(href) => {
                place.get_or_insert((out.len(), href.to_owned()));
                let file = folder.join(href.rsplit('/').next().unwrap_or(href));
                styles.push_str(fs::read_to_string(&file)?.trim_end());
                fs::remove_file(&file)?;
            }
            None => out.push_str(tag),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    if let Some((at, first)) = place {
        let name = format!("styles-{:016x}.css", fingerprint(styles.as_bytes()));
        let base = first.rsplit_once('/').map_or("", |(base, _)| base);
        let slash = if first.contains('/') { "/" } else { "" };
        fs::write(folder.join(&name), styles)?;
        out.insert_str(at, &format!("<link rel=\"stylesheet\" href=\"{base}{slash}{name}\">"));
    }
    Ok(out)
}

/// The value of an attribute, with or without quotation marks.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let value = tag.split_once(&format!(" {name}="))?.1;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map(|(value, _)| value),
        None => value.split([' ', '>']).next().map(|value| value.trim_end_matches('/')),
    }
}

/// Replaces whole names; each must be there.
fn rename(script: &str, names: &HashMap<String, String>) -> Result<String> {
    let mut out = String::with_capacity(script.len());
    let mut found = HashSet::new();
    let mut rest = script;
    while let Some(start) = rest.find(is_of_name) {
        let length = rest[start..].find(|it| !is_of_name(it)).unwrap_or(rest.len() - start);
        let word = &rest[start..start + length];
        let short = names.get(word);
        found.extend(short);
        out.push_str(&rest[..start]);
        out.push_str(short.map_or(word, String::as_str));
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    if found.len() != names.len() {
        bail!(
            "{} names are shared with the module, but the script knows {} of them: build again.",
            names.len(),
            found.len()
        );
    }
    Ok(out)
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

/// Takes indentation, empty lines and lines of comment away, unless a template spans lines: there
/// they would count.
pub(crate) fn without_indentation(script: &str) -> String {
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return script.to_owned();
    }
    let mut out = String::with_capacity(script.len());
    let mut comment = false;
    for line in script.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    out
}

/// Tells one content from another in a file's name (FNV-1a).
pub(crate) fn fingerprint(content: &[u8]) -> u64 {
    let next = |hash: u64, octet: &u8| (hash ^ u64::from(*octet)).wrapping_mul(0x100_0000_01b3);
    content.iter().fold(0xcbf2_9ce4_8422_2325, next)
}

/// The page's program and its workers': of each the script and the module, which share a name.
fn programs(folder: &Path) -> Result<Vec<(PathBuf, PathBuf)>> {
    let mut programs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let module = entry?.path();
        let Some(name) = module.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(name) = name.strip_suffix("_bg.wasm") else { continue };
        programs.push((folder.join(format!("{name}.js")), module));
    }
    if programs.is_empty() {
        bail!("{} holds no program: build again.", folder.display());
    }
    Ok(programs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_whole() {
        let names = HashMap::from([("__wbg_a_1".to_owned(), "b".to_owned())]);
        let check = |script: &str, expect: Option<&str>| {
            assert_eq!(rename(script, &names).ok().as_deref(), expect, "{script}");
        };
        check("x = { __wbg_a_1: f };", Some("x = { b: f };"));
        check("__wbg_a_12 __wbg_a_1", Some("__wbg_a_12 b"));
        check("__wbg_a_12", None);
        check("", None);
    }

    #[test]
    fn indentation_goes_and_templates_stay() {
        let check = |script: &str, expect: &str| assert_eq!(without_indentation(script), expect);
        check("  a\n\n    b // c\n", "a\nb // c\n");
        check("// note\n/** more\n * of it\n */\na\n", "a\n");
        check("x = `\n  y`\n", "x = `\n  y`\n");
    }

    #[test]
    fn attributes_are_found_with_and_without_quotation_marks() {
        let check =
            |tag: &str, name: &str, expect: Option<&str>| assert_eq!(attribute(tag, name), expect, "{tag}");
        check("<link rel=\"stylesheet\" href=\"./a.css\"/>", "href", Some("./a.css"));
        check("<link rel=stylesheet href=./a.css>", "href", Some("./a.css"));
        check("<link rel=stylesheet href=./a.css>", "rel", Some("stylesheet"));
        check("<link rel=icon>", "href", None);
    }
}
