//! Cuts the built page into its main module and the parts that are fetched when they are needed. What belongs to a
//! part is decided in `src/app/parcels`; a splitter finds it by the relocations that the linker has left in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::tools::{self, Tools};
use crate::{run, slim, workspace};

/// Puts the page in `folder`, which Trunk has just built whole, back in parts.
pub(crate) fn part(tools: &Tools, folder: &Path) -> Result<()> {
    let script = program(folder)?;
    let name = script.file_stem().context("a file without a name")?.to_string_lossy().into_owned();
    let built = workspace::target().join("wasm32-unknown-unknown/page-dist/duplex.wasm");
    let cut = workspace::target().join("duplex").join("parts");
    if cut.exists() {
        fs::remove_dir_all(&cut)?;
    }
    run::run(Command::new(tools::splitter()?).arg(built).arg(&cut).args(["--out-name", &name]))?;
    let bound = cut.join("bound");
    // The parts ask for the table of functions, which is otherwise kept to the module itself.
    let to_web = ["--target", "web", "--keep-lld-exports", "--no-typescript"];
    let mut bindgen = Command::new(tools.bindgen());
    bindgen.args(to_web).args(["--remove-name-section", "--remove-producers-section", "--out-dir"]);
    run::run(bindgen.arg(&bound).arg(cut.join(format!("{name}.wasm"))))?;
    let module = format!("{name}_bg.wasm");
    fs::copy(bound.join(&module), folder.join(module))?;
    let mut link = fs::read_to_string(cut.join(LINK))?;
    let main = cut.join(format!("{name}.wasm"));
    for file in wasm_files(&cut)?.into_iter().filter(|file| *file != main) {
        let octets =
            without_customs(&fs::read(&file)?).context("a part cannot be read: has its format changed?")?;
        let old = file.file_name().context("a file without a name")?.to_string_lossy().into_owned();
        let own = old.trim_end_matches(".wasm").trim_start_matches("split_").replace('_', "-");
        let new = format!("part-{own}-{:016x}.wasm", slim::fingerprint(&octets));
        fs::write(folder.join(&new), octets)?;
        link = link.replace(&format!("\"./{old}\""), &format!("\"./{new}\""));
    }
    // The page says itself what did not come; and where a visitor leaves meanwhile nothing has gone wrong at all.
    let link = slim::without_indentation(&link).replace("console.error(", "console.warn(");
    // As the main module does, for hosts that call it something else than application/wasm.
    let link = link.replace(
        "WebAssembly.instantiateStreaming(src, imports)",
        "src.then((it) => it.arrayBuffer()).then((it) => WebAssembly.instantiate(it, imports))",
    );
    let linked = format!("parts-{:016x}.js", slim::fingerprint(link.as_bytes()));
    fs::write(folder.join(&linked), link)?;
    let text = fs::read_to_string(bound.join(format!("{name}.js")))?;
    // The worker, too, was built with all that the linker knew.
    for file in wasm_files(folder)? {
        let octets = fs::read(&file)?;
        let bare = without_customs(&octets).context("a module cannot be read: has its format changed?")?;
        fs::write(file, bare)?;
    }
    // The module goes on to call it by its first name; only the file has another.
    fs::write(script, text.replace(&format!("from \"./{LINK}\""), &format!("from \"./{linked}\"")))?;
    Ok(())
}

/// The page's own script.
fn program(folder: &Path) -> Result<PathBuf> {
    let mut files = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let is_own = |name: &str| name.starts_with("duplex-") && name.ends_with(".js");
    let own = files.find(|file| file.file_name().is_some_and(|name| is_own(&name.to_string_lossy())));
    own.with_context(|| format!("{} holds no program: build again.", folder.display()))
}

/// What the splitter calls the script that fetches the parts.
const LINK: &str = "__wasm_split.js";

/// The modules in a folder, in order.
fn wasm_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "wasm"));
    files.sort();
    Ok(files)
}

/// A module without its custom sections: the names of its functions and the like.
fn without_customs(module: &[u8]) -> Option<Vec<u8>> {
    let (magic, mut rest) = module.split_at_checked(8)?;
    let mut out = magic.to_vec();
    while let Some((&id, after)) = rest.split_first() {
        let (size, content) = slim::number(after)?;
        let whole = rest.len() - content.len() + usize::try_from(size).ok()?;
        let (section, after) = rest.split_at_checked(whole)?;
        if id != CUSTOM {
            out.extend(section);
        }
        rest = after;
    }
    Some(out)
}

const CUSTOM: u8 = 0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_go_and_others_stay() {
        let module = |sections: &[u8]| [b"\0asm\x01\0\0\0", sections].concat();
        let check = |sections: &[u8], expect: Option<&[u8]>| {
            assert_eq!(without_customs(&module(sections)), expect.map(module), "{sections:?}");
        };
        check(&[], Some(&[]));
        check(&[1, 1, 0, 0, 2, 1, b'n', 3, 1, 0], Some(&[1, 1, 0, 3, 1, 0]));
        check(&[0, 2, 1, b'n'], Some(&[]));
        check(&[1, 2, 0], None);
        assert_eq!(without_customs(b"\0asm"), None);
    }
}
