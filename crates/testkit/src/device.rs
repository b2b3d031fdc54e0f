//! One person's device: a vault and the exchange with the city's operator.

use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use app::{
    Answer, AppError, SignedIn, Vault,
    exchange::{Exchange, SharedVault},
    view::{
        DeliveryView, OfferView, OperatorView, PermissionDetailView, PermissionStatusView,
        PermissionView, RequestSummaryView, RequestView, SourceView, UseView,
    },
};
use consent::{ConsentId, Language, OfferId, OperatorId, PersonId, RequestId};
use operator_client::{SignIn, discover, enrol, run_until_idle};
use operator_protocol::key::SigningKey;
use operator_sync::Want;
use pii::{Personal, Secret};
use uuid::Uuid;

use crate::Town;

/// What every test's vault is opened with.
const PASSPHRASE: &str = "saunavasta kuutamo räntä polkupyörä";

/// A device in the hands of one person.
pub struct Device<'town> {
    town: &'town Town,
    vault: SharedVault,
    exchange: Option<Exchange>,
}

impl<'town> Device<'town> {
    /// Returns a device whose vault is nowhere but in memory, connected to nobody.
    pub fn in_memory(town: &'town Town) -> Self {
        Self::with(town, Vault::in_memory().unwrap())
    }

    /// Returns a device whose vault is in `folder`, made there if need be.
    pub fn in_folder(town: &'town Town, folder: &Path) -> Self {
        let passphrase = Secret::new(PASSPHRASE.to_owned());
        let vault = if Vault::exists(folder) {
            app::open_vault(folder, &passphrase, town.now()).unwrap()
        } else {
            app::create_vault(folder, &passphrase, Language::Fi, town.now()).unwrap()
        };
        Self::with(town, vault)
    }

    fn with(town: &'town Town, vault: Vault) -> Self {
        Self {
            town,
            vault: Arc::new(Mutex::new(Some(vault))),
            exchange: None,
        }
    }

    /// Signs in at the city's operator as `resident`, and enrols the device.
    pub fn sign_in(&mut self, resident: &str) -> OperatorView {
        let town = self.town;
        let base = town.address().parse().unwrap();
        let known = OperatorId::parse(town.address()).unwrap();
        let seed = self
            .with_vault(|vault| app::device_seed(vault, &known))
            .unwrap()
            .unwrap_or_else(fresh_seed);
        let signed_in = town.runtime.block_on(async {
            let discovered = discover(&town.http, &base).await.unwrap();
            let (sign_in, url) = SignIn::begin(&discovered, Language::Fi, None)
                .await
                .unwrap();
            let tokens = sign_in.follow(&town.http, &url, resident).await.unwrap();
            let key = SigningKey::from_seed(seed.clone());
            let name = Personal::new("Koti-PC".to_owned());
            let enrolled = enrol(
                &town.http,
                &discovered,
                &tokens.access,
                &key,
                name,
                town.now(),
            );
            SignedIn {
                binding: Personal::new(enrolled.await.unwrap().jws),
                discovered,
                is_sample: true,
                tokens,
                device_seed: seed,
                stream: None,
            }
        });
        let now = town.now();
        let view = self
            .with_vault(|vault| app::connect_operator(vault, signed_in, now))
            .unwrap();
        self.restart();
        view
    }

    /// Forgets all but the vault, as when the app is closed and opened again.
    pub fn restart(&mut self) {
        let operators = self.with_vault(|vault| app::list_operators(vault)).unwrap();
        self.exchange = operators.first().map(|operator| {
            Exchange::new(
                Arc::clone(&self.vault),
                OperatorId::parse(operator.id.clone()).unwrap(),
                Box::new(draw),
                Box::new(|_| {}),
            )
        });
    }

    /// Exchanges everything there is to exchange with the operator.
    pub fn sync(&mut self) {
        let clock = Arc::clone(&self.town.clock);
        let exchange = self.exchange.as_mut().expect("signed in");
        exchange.steering().poll_now();
        self.town
            .runtime
            .block_on(run_until_idle(exchange, &self.town.http, || {
                operator_server::Clock::now(&*clock)
            }))
            .unwrap();
    }

    /// Fetches `wants` anew, and exchanges everything else.
    pub fn refresh(&mut self, wants: impl IntoIterator<Item = Want>) {
        let exchange = self.exchange.as_ref().expect("signed in");
        exchange.steering().insist(wants);
        self.sync();
    }

    /// Has a service ask, and takes the request in.
    pub fn ask(&mut self, template: &str, subject: &str) -> RequestId {
        let request = self.town.ask(template, subject);
        self.sync();
        request
    }

    /// Says yes to a request, with these of its optional fields.
    ///
    /// # Errors
    ///
    /// As [`app::answer_request`].
    pub fn give(&mut self, request: &RequestId, optional: &[&str]) -> Result<ConsentId, AppError> {
        let optional_fields = optional.iter().map(|path| (*path).to_owned()).collect();
        self.answer(request, &Answer::Give { optional_fields })?;
        Ok(self.permission_of(request).id.parse().unwrap())
    }

    /// Answers a request.
    ///
    /// # Errors
    ///
    /// As [`app::answer_request`].
    pub fn answer(&mut self, request: &RequestId, answer: &Answer) -> Result<(), AppError> {
        let now = self.town.now();
        self.with_vault(|vault| {
            app::answer_request(vault, request, answer, Language::Fi, &mut draw, now)
        })
    }

    /// Takes a permission back.
    ///
    /// # Errors
    ///
    /// As [`app::withdraw_permission`].
    pub fn withdraw(&mut self, permission: ConsentId) -> Result<(), AppError> {
        let now = self.town.now();
        self.with_vault(|vault| {
            app::withdraw_permission(vault, permission, Language::Fi, &mut draw, now)
        })
    }

    /// Returns what the person sees of a request.
    pub fn request(&self, id: &RequestId) -> RequestView {
        let now = self.town.now();
        self.with_vault(|vault| app::find_request(vault, id, now))
            .unwrap()
    }

    /// Returns all requests as the person sees them.
    pub fn requests(&self) -> Vec<RequestSummaryView> {
        let now = self.town.now();
        self.with_vault(|vault| app::list_requests(vault, now))
            .unwrap()
    }

    /// Returns the permission that answered `request`.
    pub fn permission_of(&self, request: &RequestId) -> PermissionView {
        let id = self.request(request).permission_id.unwrap();
        self.permission(id.parse().unwrap()).permission
    }

    /// Returns what the person sees of a permission.
    pub fn permission(&self, id: ConsentId) -> PermissionDetailView {
        let now = self.town.now();
        self.with_vault(|vault| app::find_permission(vault, id, now))
            .unwrap()
    }

    /// Returns where a permission stands and how far the newest decision has got.
    pub fn standing(&self, id: ConsentId) -> (PermissionStatusView, DeliveryView) {
        let permission = self.permission(id).permission;
        (permission.status, permission.delivery)
    }

    /// Returns the uses that were reported, newest first.
    pub fn uses(&self) -> Vec<UseView> {
        self.with_vault(|vault| app::list_uses(vault, 0, 100))
            .unwrap()
    }

    /// Returns the offers as the person sees them.
    pub fn offers(&self) -> Vec<OfferView> {
        let now = self.town.now();
        self.with_vault(|vault| app::list_offers(vault, now))
            .unwrap()
    }

    /// Accepts an offer for `subject` and takes in the request that it leads to.
    pub fn accept(&mut self, offer: &str, subject: &str) -> OfferView {
        let (id, subject) = (
            OfferId::parse(offer).unwrap(),
            PersonId::parse(subject).unwrap(),
        );
        let now = self.town.now();
        self.with_vault(|vault| app::accept_offer(vault, &id, &subject, &mut draw, now))
            .unwrap();
        self.refresh([Want::OfferAnswer(id)]);
        let accepted = self.offers().into_iter();
        accepted
            .filter(|view| view.subject_id == subject.as_str())
            .find(|view| view.id == offer)
            .unwrap()
    }

    /// Returns the copies as the person sees them.
    pub fn sources(&self) -> Vec<SourceView> {
        self.with_vault(|vault| app::list_sources(vault)).unwrap()
    }

    /// Returns how many messages are owed to the operator.
    pub fn owed(&self) -> u64 {
        let operators = self.with_vault(|vault| app::list_operators(vault)).unwrap();
        operators.iter().map(|operator| operator.owed).sum()
    }

    /// Returns the proof bundle of a permission.
    pub fn proof(&self, id: ConsentId) -> String {
        let now = self.town.now();
        let proof = self.with_vault(|vault| app::export_proof(vault, id, now));
        proof.unwrap().into_inner()
    }

    /// Runs `work` on the vault.
    pub fn with_vault<T>(&self, work: impl FnOnce(&mut Vault) -> T) -> T {
        work(self.vault.lock().unwrap().as_mut().unwrap())
    }

    /// Locks the vault and closes its file.
    pub fn lock(self) {
        let vault = self.vault.lock().unwrap().take();
        vault.unwrap().close().unwrap();
    }
}

/// Draws identifiers in order: they are told apart, and tests repeat.
fn draw() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    Uuid::from_u128(0x0198_f3a2_7000_7000_8000_0000_0000_0000 + u128::from(number))
}

fn fresh_seed() -> Secret<[u8; 32]> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut seed = [7; 32];
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    seed.iter_mut()
        .zip(number)
        .for_each(|(byte, number)| *byte = number);
    Secret::new(seed)
}
