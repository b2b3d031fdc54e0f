//! A device of a person: signs in, enrols, and signs statements as the app does.

use consent::{ConsentId, Language, PersonId, request::AccessRequest};
use jiff::Timestamp;
use operator_protocol::{
    device_proof::{self, DeviceProofPayload},
    jws,
    key::{JwkSet, SigningKey},
    receipt::{self, ReceiptPayload},
    record::{self, Choice, RecordContext},
    request::{self, Register, RequestPayload},
    service::ServiceDescription,
    source::SourceSchema,
    statement::{Actor, Decision, SignedStatement, StatementHead, Ui, sign_statement},
    status::ConsentStatus,
};
use pii::Secret;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::town::{Town, redirected};

pub(crate) const CALLBACK: &str = "http://127.0.0.1:49152/cb";
/// The verifier and challenge of RFC 7636, Appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) struct Device<'a> {
    pub(crate) town: &'a Town,
    pub(crate) person: PersonId,
    pub(crate) key: SigningKey,
    pub(crate) access: String,
    pub(crate) refresh: String,
    pub(crate) binding: String,
    pub(crate) keys: JwkSet,
}

/// A consent as a device has it.
#[derive(Clone, Debug)]
pub(crate) struct Consent {
    pub(crate) id: ConsentId,
    pub(crate) subject: PersonId,
    pub(crate) record: Value,
    pub(crate) head: Option<StatementHead>,
}

impl<'a> Device<'a> {
    /// Signs `person` in and enrols a device with the key of `seed`.
    pub(crate) async fn enrolled(town: &'a Town, person: &str, seed: u8) -> Self {
        let mut device = Self::signed_in(town, person, seed).await;
        let (nonce, proof) = device.prove().await;
        assert!(!nonce.is_empty());
        let response = device.enrol(proof).await;
        assert_eq!(response.status(), 201);
        let enrolled: Value = response.json().await.unwrap();
        device.binding = enrolled["binding"].as_str().unwrap().to_owned();
        device
    }

    pub(crate) async fn signed_in(town: &'a Town, person: &str, seed: u8) -> Self {
        let code = code_for(town, person).await;
        let tokens: Value = exchange(town, &code, VERIFIER).await.json().await.unwrap();
        Self {
            town,
            person: person.parse().unwrap(),
            key: SigningKey::from_seed(Secret::new([seed; 32])),
            access: tokens["access_token"].as_str().unwrap().to_owned(),
            refresh: tokens["refresh_token"].as_str().unwrap().to_owned(),
            binding: String::new(),
            keys: town.keys().await,
        }
    }

    pub(crate) async fn prove(&self) -> (String, String) {
        let challenge: Value = self
            .call(Method::POST, "/v1/devices/challenge")
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let nonce = challenge["nonce"].as_str().unwrap().to_owned();
        let proof = self.proof_of(&nonce);
        (nonce, proof)
    }

    pub(crate) fn proof_of(&self, nonce: &str) -> String {
        let payload = DeviceProofPayload {
            aud: self.town.operator.base_url().parse().unwrap(),
            nonce: nonce.to_owned(),
            iat: self.town.now(),
        };
        device_proof::sign(&self.key, &payload).unwrap()
    }

    pub(crate) async fn enrol(&self, proof: String) -> Response {
        let body = json!({
            "jwk": self.key.public().jwk(),
            "proof": proof,
            "device_name": "Koti-PC",
        });
        self.call(Method::POST, "/v1/devices")
            .json(&body)
            .send()
            .await
            .unwrap()
    }

    pub(crate) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.town.call(method, path).bearer_auth(&self.access)
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.call(Method::GET, path).send().await.unwrap()
    }

    pub(crate) async fn json(&self, path: &str) -> Value {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    /// Has a service ask, and reads what came as the app does.
    pub(crate) async fn asked(&self, template: &str, subject: &str) -> AccessRequest {
        let subject = subject.parse().unwrap();
        let id = self.town.pilot().issue_request(template, &subject).unwrap();
        let response = self.get(&format!("/v1/requests/{id}")).await;
        assert_eq!(response.headers()["content-type"], "application/jwt");
        self.read_request(&response.text().await.unwrap()).await
    }

    pub(crate) async fn read_request(&self, compact: &str) -> AccessRequest {
        let payload: RequestPayload = jws::decode_unverified(compact).unwrap().payload;
        let services = self.town.json("/v1/services").await;
        let services: Vec<ServiceDescription> =
            serde_json::from_value(services["items"].clone()).unwrap();
        let schema = &payload.authorization_details[0].schema;
        let schema = schema.strip_prefix(self.town.operator.base_url()).unwrap();
        let schema: SourceSchema = serde_json::from_value(self.town.json(schema).await).unwrap();
        let register = Register {
            operator: &self.town.operator.base_url().parse().unwrap(),
            service: services
                .iter()
                .find(|service| service.mydata_service.id == payload.service),
            schemas: &[schema],
            now: self.town.now(),
        };
        request::read(compact, register).unwrap()
    }

    /// Makes a record in answer to `request`, taking in everything, and sends it.
    pub(crate) async fn record(&self, request: &AccessRequest) -> Consent {
        let consent = self.unsent(request);
        assert_eq!(self.put(&consent).await.status(), 201);
        consent
    }

    pub(crate) fn unsent(&self, request: &AccessRequest) -> Consent {
        let id = ConsentId::from_uuid(fresh());
        let context = RecordContext {
            id,
            created_at: self.town.now(),
            language: Language::Fi,
            notice_date: None,
            replaces: None,
        };
        Consent {
            id,
            subject: request.subject.clone(),
            record: record::build(request, &Choice::all(request), &context).unwrap(),
            head: None,
        }
    }

    pub(crate) async fn put(&self, consent: &Consent) -> Response {
        self.call(Method::PUT, &format!("/v1/consents/{}", consent.id))
            .header("content-type", "application/ld+json")
            .body(record::to_bytes(&consent.record).unwrap())
            .send()
            .await
            .unwrap()
    }

    /// Decides about `consent`, as the app would sign it.
    pub(crate) fn decide(&self, consent: &Consent, status: ConsentStatus) -> Decision {
        let actor = (self.person != consent.subject).then(|| Actor {
            sub: self.person.clone(),
            authority: Some("suomi.fi-valtuudet".to_owned()),
        });
        Decision {
            operator: self.town.operator.base_url().parse().unwrap(),
            subject: consent.subject.clone(),
            consent: consent.id,
            record_hash: record::hash(&consent.record).unwrap(),
            id: consent::StatementId::from_uuid(fresh()),
            decided_at: Timestamp::from_second(self.town.now().as_second()).unwrap(),
            status,
            processes: vec!["#p1".to_owned()],
            actor,
            ui: Ui {
                lang: Language::Fi,
                method: "button+confirm".to_owned(),
                app: "lokero/0.1".to_owned(),
            },
        }
    }

    pub(crate) fn sign(&self, consent: &Consent, status: ConsentStatus) -> SignedStatement {
        let decision = self.decide(consent, status);
        sign_statement(&self.key, decision, consent.head.as_ref()).unwrap()
    }

    pub(crate) async fn send(&self, compact: &str) -> Response {
        let payload: Value = jws::decode_unverified(compact).unwrap().payload;
        self.call(Method::POST, "/v1/consent-status")
            .header("content-type", "application/jwt")
            .header("idempotency-key", payload["jti"].as_str().unwrap())
            .body(compact.to_owned())
            .send()
            .await
            .unwrap()
    }

    /// States `status`, which the operator must take, and returns its receipt, verified.
    pub(crate) async fn state(
        &self,
        consent: &mut Consent,
        status: ConsentStatus,
    ) -> ReceiptPayload {
        let signed = self.sign(consent, status);
        let response = self.send(&signed.compact).await;
        let code = response.status();
        let body = response.text().await.unwrap();
        assert_eq!(code, 201, "{body}");
        let receipt = receipt::verify(&body, &self.keys).unwrap().payload;
        assert_eq!(receipt.csr, signed.head.hash);
        consent.head = Some(signed.head);
        receipt
    }

    /// Answers a fresh request with yes.
    pub(crate) async fn given(&self, template: &str, subject: &str) -> Consent {
        let request = self.asked(template, subject).await;
        let mut consent = self.record(&request).await;
        self.state(&mut consent, ConsentStatus::ConsentGiven).await;
        consent
    }

    /// Sets up the event stream and returns the path at which it is polled.
    pub(crate) async fn stream(&self) -> String {
        let body = json!({ "delivery": { "method": "urn:ietf:rfc:8936" } });
        let response = self
            .call(Method::POST, "/v1/streams")
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 201);
        let stream: Value = response.json().await.unwrap();
        let endpoint = stream["delivery"]["endpoint_url"].as_str().unwrap();
        let path = endpoint.strip_prefix(self.town.operator.base_url());
        path.unwrap().to_owned()
    }

    pub(crate) async fn poll(&self, path: &str, body: Value) -> Value {
        let response = self
            .call(Method::POST, path)
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        response.json().await.unwrap()
    }
}

/// Sends the browser to sign in as the app does, with `changes` to the parameters.
pub(crate) async fn authorize(town: &Town, changes: &[(&str, &str)]) -> Response {
    let usual = [
        ("response_type", "code"),
        ("client_id", "lokero"),
        ("redirect_uri", CALLBACK),
        ("state", "s-1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let unchanged = usual
        .into_iter()
        .filter(|(name, _)| changes.iter().all(|(other, _)| other != name));
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(unchanged.chain(changes.iter().copied()))
        .finish();
    town.get(&format!("/authorize?{query}")).await
}

/// Signs `person` in without a page and returns the code.
pub(crate) async fn code_for(town: &Town, person: &str) -> String {
    let response = authorize(town, &[("prompt", "none"), ("login_hint", person)]).await;
    let answer = redirected(&response);
    assert_eq!(answer["state"], "s-1");
    assert_eq!(answer["iss"], town.operator.base_url());
    answer["code"].clone()
}

pub(crate) async fn exchange(town: &Town, code: &str, verifier: &str) -> Response {
    token(
        town,
        &[
            ("grant_type", "authorization_code"),
            ("client_id", "lokero"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", verifier),
        ],
    )
    .await
}

pub(crate) async fn refresh(town: &Town, token_: &str) -> Response {
    token(
        town,
        &[
            ("grant_type", "refresh_token"),
            ("client_id", "lokero"),
            ("refresh_token", token_),
        ],
    )
    .await
}

async fn token(town: &Town, form: &[(&str, &str)]) -> Response {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    town.call(Method::POST, "/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .unwrap()
}

/// Draws an identifier: tests run side by side on one clock that stands still.
#[expect(clippy::disallowed_methods, reason = "a test draws its identifiers")]
pub(crate) fn fresh() -> Uuid {
    Uuid::now_v7()
}
