//! A page in the browser: read, choose, press.

use std::collections::BTreeMap;

use reqwest::{Client, RequestBuilder, StatusCode, Url, header};

use super::{
    driver::http_client,
    form::{Form, Method},
    html,
};

/// As many times as a browser lets itself be sent on.
const MOST_REDIRECTS: usize = 10;

/// A page as a person without scripts sees it.
#[derive(Debug)]
pub struct Page {
    /// Where it was found in the end.
    pub address: Url,
    /// What is to be read on it.
    pub text: String,
    /// Whether it was there at all.
    pub status: StatusCode,
    forms: Vec<Form>,
    browser: Browser,
}

/// What a browser remembers from page to page.
#[derive(Debug)]
struct Browser {
    client: Client,
    cookies: BTreeMap<String, String>,
}

impl Page {
    pub(super) async fn visit(address: &str) -> Self {
        let address = Url::parse(address).unwrap_or_else(|error| panic!("{address}: {error}"));
        let browser = Browser {
            client: http_client(),
            cookies: BTreeMap::new(),
        };
        let request = browser.client.get(address.clone());
        browser.follow(address, request).await
    }

    /// Chooses the answer whose words hold `label`, as by clicking on it.
    ///
    /// # Panics
    ///
    /// If there is no such answer.
    #[must_use]
    pub fn choose(mut self, label: &str) -> Self {
        let chosen = self.forms.iter_mut().any(|form| form.choose(label));
        assert!(chosen, "nothing to choose says “{label}”: {}", self.text);
        self
    }

    /// Writes into the field whose words hold `label`.
    ///
    /// # Panics
    ///
    /// If there is no such field.
    #[must_use]
    pub fn write(mut self, label: &str, text: &str) -> Self {
        let written = self.forms.iter_mut().any(|form| form.write(label, text));
        assert!(written, "no field says “{label}”: {}", self.text);
        self
    }

    /// Presses the button whose words hold `label` and returns the page to which that leads.
    ///
    /// # Panics
    ///
    /// If there is no such button, or it leads nowhere.
    pub async fn press(self, label: &str) -> Self {
        let sent = self
            .forms
            .iter()
            .find_map(|form| Some((form, form.sent_by(label)?)));
        let Some((form, fields)) = sent else {
            panic!("no button says “{label}”: {}", self.text);
        };
        let mut address = self.address.join(&form.action).unwrap();
        let request = match form.method {
            Method::Get => {
                address.query_pairs_mut().clear().extend_pairs(&fields);
                self.browser.client.get(address.clone())
            }
            Method::Post => {
                let mut body = Url::parse("form:").unwrap();
                body.query_pairs_mut().extend_pairs(&fields);
                self.browser
                    .client
                    .post(address.clone())
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(body.query().unwrap_or_default().to_owned())
            }
        };
        self.browser.follow(address, request).await
    }
}

impl Browser {
    async fn follow(mut self, mut address: Url, mut request: RequestBuilder) -> Page {
        for _ in 0..MOST_REDIRECTS {
            let host = address.host_str().unwrap_or_default();
            assert!(
                ["127.0.0.1", "localhost", "[::1]"].contains(&host),
                "{address} leads away from this computer"
            );
            let response = self
                .with_cookies(request)
                .send()
                .await
                .unwrap_or_else(|error| panic!("cannot visit {address}: {error}"));
            self.remember(response.headers());
            let Some(next) = response.headers().get(header::LOCATION) else {
                let status = response.status();
                let body = response.text().await.unwrap();
                return Page {
                    address,
                    status,
                    text: html::text(&body),
                    forms: Form::all(&body),
                    browser: self,
                };
            };
            address = address.join(next.to_str().unwrap()).unwrap();
            request = self.client.get(address.clone());
        }
        panic!("{address} is sent on for ever");
    }

    fn with_cookies(&self, request: RequestBuilder) -> RequestBuilder {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if cookies.is_empty() {
            return request;
        }
        request.header(header::COOKIE, cookies.join("; "))
    }

    fn remember(&mut self, headers: &header::HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap_or_default().split(';').next();
            if let Some((name, value)) = pair.and_then(|pair| pair.split_once('=')) {
                self.cookies
                    .insert(name.trim().to_owned(), value.to_owned());
            }
        }
    }
}
