//! The import and export sections of a WebAssembly module (core specification, sections 5.5.5 and
//! 5.5.10), rewritten with short names.

use std::collections::HashMap;

/// The module with short names for what it takes and gives, and which name became which. `None`: this is no module as we
/// know it. Names of another form than the bindings generator's stay as they are.
pub(super) fn shorten(module: &[u8]) -> Option<(Vec<u8>, HashMap<String, String>)> {
    let (magic, mut rest) = module.split_at_checked(8)?;
    if magic != MAGIC {
        return None;
    }
    let mut out = magic.to_vec();
    let mut names = HashMap::new();
    while let Some((&id, after)) = rest.split_first() {
        let (size, after) = number(after)?;
        let (content, after) = after.split_at_checked(size as usize)?;
        let content = match id {
            IMPORTS => imports(content, &mut names)?,
            EXPORTS => exports(content, &mut names)?,
            _ => content.to_vec(),
        };
        out.push(id);
        out.extend(written(content.len() as u64));
        out.extend(content);
        rest = after;
    }
    Some((out, names))
}

fn imports(content: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let (count, mut rest) = number(content)?;
    let mut out = written(count);
    for _ in 0..count {
        let (from, after) = name(rest)?;
        let (field, after) = name(after)?;
        let field = shortened(field, names);
        let kind = description(after)?;
        out.extend(named(from));
        out.extend(named(&field));
        out.extend(&after[..kind]);
        rest = &after[kind..];
    }
    rest.is_empty().then_some(out)
}

fn exports(content: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let (count, mut rest) = number(content)?;
    let mut out = written(count);
    for _ in 0..count {
        let (field, after) = name(rest)?;
        // What kind of thing it is, and its place among them.
        let (_, left) = number(after.get(1..)?)?;
        out.extend(named(&shortened(field, names)));
        out.extend(&after[..after.len() - left.len()]);
        rest = left;
    }
    rest.is_empty().then_some(out)
}

/// The short name, if it is one of the bindings generator's.
fn shortened(field: &str, names: &mut HashMap<String, String>) -> String {
    if !(field.starts_with("__wb") || field.starts_with("__wasm_bindgen_func")) {
        return field.to_owned();
    }
    let next = short(names.len());
    names.entry(field.to_owned()).or_insert(next).clone()
}

/// A name as it stands in a module.
fn named(text: &str) -> Vec<u8> {
    let mut out = written(text.len() as u64);
    out.extend(text.as_bytes());
    out
}

/// How many octets describe what is imported.
fn description(octets: &[u8]) -> Option<usize> {
    let (&kind, after) = octets.split_first()?;
    let left = match kind {
        // A function: its type. A tag: an attribute and its type.
        0 => number(after)?.1,
        4 => number(after.get(1..)?)?.1,
        // A table: the type of its elements, then limits. A memory: limits.
        1 => limits(after.get(1..)?)?,
        2 => limits(after)?,
        // A global: the type of its value, and whether it changes.
        3 => after.get(2..)?,
        _ => return None,
    };
    Some(octets.len() - left.len())
}

fn limits(octets: &[u8]) -> Option<&[u8]> {
    let (&flags, after) = octets.split_first()?;
    let (_, after) = number(after)?;
    if flags & 1 == 0 { Some(after) } else { Some(number(after)?.1) }
}

fn name(octets: &[u8]) -> Option<(&str, &[u8])> {
    let (length, after) = number(octets)?;
    let (text, after) = after.split_at_checked(length as usize)?;
    Some((std::str::from_utf8(text).ok()?, after))
}

/// Reads an unsigned LEB128 number.
pub(crate) fn number(octets: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (place, &octet) in octets.iter().enumerate().take(5) {
        value |= u64::from(octet & 0x7f) << (7 * place);
        if octet & 0x80 == 0 {
            return Some((value, &octets[place + 1..]));
        }
    }
    None
}

/// Writes an unsigned LEB128 number.
fn written(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let octet = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            out.push(octet);
            return out;
        }
        out.push(octet | 0x80);
    }
}

/// `a`, `b`, ... `z`, `aa`, ...: no name of a script's own is in the way, because they are keys.
fn short(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'a' + (number % 26) as u8));
        if number < 26 {
            return name;
        }
        number = number / 26 - 1;
    }
}

const MAGIC: &[u8] = b"\0asm\x01\0\0\0";

const IMPORTS: u8 = 2;

const EXPORTS: u8 = 7;

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with these imported functions and one custom section behind them.
    fn module(fields: &[&str]) -> Vec<u8> {
        let mut content = written(fields.len() as u64);
        for field in fields {
            content.extend(named("./x_bg.js"));
            content.extend(named(field));
            content.extend([0, 3]);
        }
        let mut module = MAGIC.to_vec();
        module.push(IMPORTS);
        module.extend(written(content.len() as u64));
        module.extend(content);
        module.extend([0, 2, 1, b'c']);
        module
    }

    #[test]
    fn exports_get_short_names_too() {
        let exporting = |field: &str| {
            let content = [vec![2], named("memory"), vec![2, 0], named(field), vec![0, 5]].concat();
            [MAGIC.to_vec(), vec![EXPORTS, content.len() as u8], content].concat()
        };
        let (slim, names) = shorten(&exporting("__wbindgen_export")).expect("a module");
        assert_eq!(slim, exporting("a"));
        assert_eq!(names.len(), 1);
    }

    #[test]
    fn imports_get_short_names_and_the_rest_stays() {
        let long = ["__wbg_log_0123456789abcdef", "other", "__wbindgen_throw_fedcba9876543210"];
        let (slim, names) = shorten(&module(&long)).expect("a module");
        assert_eq!(slim, module(&["a", "other", "b"]));
        assert_eq!(names.len(), 2);
        assert_eq!(names["__wbindgen_throw_fedcba9876543210"], "b");
    }

    #[test]
    fn what_is_no_module_is_refused() {
        let whole = module(&["__wbg_a_1"]);
        assert!(shorten(b"").is_none());
        assert!(shorten(b"\0asm\x02\0\0\0").is_none());
        for cut in 9..whole.len() - 4 {
            assert!(shorten(&whole[..cut]).is_none(), "cut at {cut}");
        }
    }

    #[test]
    fn short_names_count_on() {
        let check = |number: usize, expect: &str| assert_eq!(short(number), expect);
        check(0, "a");
        check(25, "z");
        check(26, "aa");
        check(701, "zz");
        check(702, "aaa");
    }

    #[test]
    fn numbers_go_both_ways() {
        for value in [0, 1, 127, 128, 300, 16_384, u64::from(u32::MAX)] {
            assert_eq!(number(&written(value)), Some((value, &[][..])));
        }
    }
}
