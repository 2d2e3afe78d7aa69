//! What is on the stage leaves: as a file, or as text onto the clipboard.

use std::rc::Rc;

use interchange::Format;
use tongue::{Sentence, say, word};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseReducerDispatcher, UseReducerHandle};

use super::frame;
use super::hands::Hands;
use super::opening::Held;
use super::parcels::{fetch, octets};
use crate::porter::{self, News, Written};
use crate::state::{Action, Form, Parcel, SaveAction, State, Way, file_name};
use crate::{clipboard, files};

type Store = UseReducerHandle<State>;
type Act = UseReducerDispatcher<State>;

/// Saves what is on the stage, as soon as what does that is there. `now`: the playhead's exact time.
pub(super) fn saver(store: &Store, hands: &Hands, now: Callback<(), u64>) -> Callback<(Form, Way)> {
    let (store, held) = (store.clone(), hands.saves());
    Callback::from(move |(form, way): (Form, Way)| {
        let (store, held, now) = (store.clone(), Rc::clone(&held), now.clone());
        spawn_local(async move {
            match (fetch(Parcel::Octets).await, octets()) {
                (Ok(()), Some(parcel)) => (parcel.save)(&store, &held, (form, way), &now),
                (Err(why), _) => tell(&store.dispatcher(), why),
                (Ok(()), None) => {}
            }
        });
    })
}

/// Writes what is on the stage in a form, and takes it a way. It tells the store how that goes.
pub(super) fn save(store: &Store, held: &Held, (form, way): (Form, Way), now: &Callback<(), u64>) {
    match form {
        Form::Run(format) => write(store, held, format, way),
        Form::Svg | Form::Png => draw(store, form, now.emit(())),
    }
}

fn write(store: &Store, held: &Held, format: Format, way: Way) {
    let run = store.run();
    let (name, act) = (file_name(&run, format.extension()), store.dispatcher());
    let writing = name.clone();
    tell(&act, Sentence::of(move || say!("Writing {}.", writing)));
    let told = act.clone();
    let epoch = store.epoch().unwrap_or_else(files::moment);
    let begun = porter::write(&run, format, store.saving.secrets, epoch, move |news| match news {
        News::Progress(_) => {}
        News::Done(Ok(written)) => hand_out(written, name.clone(), way, told.clone()),
        News::Done(Err(why)) => tell(&told, why),
    });
    match begun {
        // Whatever is still being written is given up for this.
        Ok(errand) => *held.borrow_mut() = Some(errand),
        Err(why) => tell(&act, why),
    }
}

fn draw(store: &Store, form: Form, now: u64) {
    let (name, act) = (file_name(&store.run(), form.extension()), store.dispatcher());
    let drawn = frame::picture(store, now);
    spawn_local(async move {
        match frame::file(drawn, form).await {
            Ok((octets, media_type)) => saved(&octets, media_type, name, Vec::new(), &act),
            Err(why) => tell(&act, why),
        }
    });
}

fn hand_out(written: Written, name: String, way: Way, act: Act) {
    let Written { octets, media_type, problems } = written;
    match way {
        Way::File => saved(&octets, &media_type, name, problems, &act),
        Way::Clipboard => spawn_local(async move {
            let text = String::from_utf8_lossy(&octets);
            match clipboard::copy(&text).await {
                Ok(()) => {
                    let copied = Sentence::text(word!("Copied."));
                    act.dispatch(Action::Save(SaveAction::Told(copied, problems)));
                }
                Err(why) => tell(&act, why),
            }
        }),
    }
}

fn saved(octets: &[u8], media_type: &str, name: String, left_out: Vec<Sentence>, act: &Act) {
    files::save(&name, octets, media_type);
    let saved = Sentence::of(move || say!("Saved as {}.", name));
    act.dispatch(Action::Save(SaveAction::Told(saved, left_out)));
}

fn tell(act: &Act, status: Sentence) {
    act.dispatch(Action::Save(SaveAction::Told(status, Vec::new())));
}
