//! The worker's files under names that change with them, as the page's have from Trunk: hosts may then let
//! browsers keep both for good. Only the loader, by whose name the page knows the worker, keeps its own.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::slim::fingerprint;

/// Renames the worker's script and module in `folder`, which has just been slimmed.
pub(super) fn name_by_content(folder: &Path) -> Result<()> {
    let module = renamed(folder, "porter", "_bg.wasm", "porter.js")?;
    let script = renamed(folder, "porter", ".js", "porter_loader.js")?;
    for name in [module, script] {
        if !folder.join(&name).is_file() {
            bail!("{name} is gone: empty {} and build again.", folder.display());
        }
    }
    Ok(())
}

/// Gives a file a name with its fingerprint, also where another file names it; the new name.
fn renamed(folder: &Path, stem: &str, ending: &str, named_in: &str) -> Result<String> {
    let old = format!("{stem}{ending}");
    let content = fs::read(folder.join(&old))
        .with_context(|| format!("the page has no {old}: does index.html name its worker?"))?;
    let new = format!("{stem}-{:016x}{ending}", fingerprint(&content));
    let other = folder.join(named_in);
    let text = fs::read_to_string(&other).with_context(|| format!("the page has no {named_in}"))?;
    if !text.contains(&old) {
        bail!("{named_in} does not name {old}: has Trunk changed?");
    }
    fs::write(&other, text.replace(&old, &new))?;
    fs::rename(folder.join(&old), folder.join(&new))?;
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_follows_its_content() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("duplex-worker-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let built = |wasm: &str| -> Result<Vec<String>> {
            fs::write(folder.join("porter_bg.wasm"), wasm)?;
            fs::write(folder.join("porter.js"), "new URL('porter_bg.wasm', import.meta.url)")?;
            fs::write(folder.join("porter_loader.js"), "import init from './porter.js';await init();")?;
            name_by_content(&folder)?;
            let mut names: Vec<String> =
                fs::read_dir(&folder)?.flatten().map(|it| it.file_name().to_string_lossy().into()).collect();
            names.sort();
            let loader = fs::read_to_string(folder.join("porter_loader.js"))?;
            assert!(names.iter().any(|name| loader == format!("import init from './{name}';await init();")));
            for name in &names {
                fs::remove_file(folder.join(name))?;
            }
            Ok(names)
        };
        let (one, other) = (built("one")?, built("other")?);
        assert!(name_by_content(&folder).is_err(), "there is nothing");
        fs::remove_dir_all(&folder)?;
        assert_eq!(one.len(), 3);
        // The script names the module, so its name changes as well.
        assert_eq!(one.iter().filter(|name| other.contains(name)).count(), 1, "{one:?} {other:?}");
        Ok(())
    }
}
