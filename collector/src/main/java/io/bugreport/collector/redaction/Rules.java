package io.bugreport.collector.redaction;

import java.util.ArrayList;
import java.util.List;

/// All rules. The first that finds a secret at a place takes it.
final class Rules {
  private Rules() {}

  static List<Rule> all() {
    var rules =
        new ArrayList<Rule>(
            List.of(
                new Marker(),
                new PrivateKey(),
                new EncodedKey(),
                new Jwt(),
                new Credentials(),
                new UrlPassword(),
                new DataSourcePassword(),
                new SqlPassword(),
                new QueryParameter(),
                new JwkMember(),
                new InlineSecret(),
                new RegistryAuth(),
                new EmbeddedSecret()));
    rules.addAll(IssuedToken.all());
    rules.addAll(named());
    rules.add(new EncodedText(new Scan(rules)));
    return rules;
  }

  private static List<NamedValue> named() {
    return List.of(
        new NamedValue(
            Secrecy.PASSWORD,
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "pwd",
            "_pass",
            "-pass",
            ".pass"),
        new NamedValue(Secrecy.SECRET, "secret"),
        new NamedValue(Secrecy.TOKEN, "token", "_jwt", "-jwt"),
        new NamedValue(
            Secrecy.KEY,
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "authkey",
            "accountkey",
            "encryptionkey",
            "signingkey",
            "masterkey",
            "sharedkey",
            "clientkey",
            "sessionkey",
            "_key",
            "-key",
            ".key"),
        new NamedValue(Secrecy.CREDENTIAL, "credential"),
        new NamedValue(Secrecy.AUTHORIZATION, "authorization"),
        new NamedValue(Secrecy.COOKIE, "cookie"));
  }
}
