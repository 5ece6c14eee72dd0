package io.bugreport.collector.rights;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/// What the user may do, by `SelfSubjectRulesReview`
/// (https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access). A
/// review is about one namespace and names the rights in the whole cluster as well; asked about a
/// namespace that does not exist it names these alone.
///
/// Where the server does not answer, or says that its answer is incomplete, nothing is known and
/// everything is tried.
public final class Rights {
  /// No namespace is called so: it is longer than a namespace's name can be.
  private static final String NOWHERE =
      "bug-report-asks-what-is-allowed-in-the-whole-cluster-and-in-no-one-namespace";

  private static final String SOURCE = "rights";
  private static final int REVIEW_BYTES = 4 << 20;
  private static final int REVIEWS = 60;

  private final String cluster;
  private final ApiServer api;
  private final Ledger ledger;
  private final Supplier<Deadline> deadline;
  private final Map<String, Optional<List<Rule>>> known = new HashMap<>();

  public Rights(String cluster, ApiServer api, Ledger ledger, Supplier<Deadline> deadline) {
    this.cluster = cluster;
    this.api = api;
    this.ledger = ledger;
    this.deadline = deadline;
  }

  /// Whether it is known that this must fail.
  ///
  /// @param resource with its subresource, such as `pods/log`
  /// @param namespace empty for the whole cluster
  public boolean forbids(String verb, String group, String resource, String namespace) {
    var everywhere = rules("");
    if (everywhere.isEmpty() || allow(everywhere.get(), verb, group, resource)) {
      return false;
    }
    if (namespace.isEmpty()) {
      return true;
    }
    var here = rules(namespace);
    return here.isPresent() && !allow(here.get(), verb, group, resource);
  }

  private static boolean allow(List<Rule> rules, String verb, String group, String resource) {
    return rules.stream().anyMatch(rule -> rule.allows(verb, group, resource));
  }

  /// The outcome of what was not asked, since the right to it is missing.
  public static Result missing(String verb, String group, String resource, String namespace) {
    return Result.nothing(
        Outcome.FORBIDDEN, 0, "not asked: no right to " + words(verb, group, resource, namespace));
  }

  static String words(String verbs, String group, String resource, String namespace) {
    return verbs
        + " "
        + resource
        + (group.isEmpty() ? "" : "." + group)
        + (namespace.isEmpty() ? " in the whole cluster" : " in namespace " + namespace);
  }

  /// What a run makes use of, and whether the user has it.
  public Need need(String namespace, String group, String resource, String... verbs) {
    var held = Arrays.stream(verbs).noneMatch(v -> forbids(v, group, resource, namespace));
    return new Need(cluster, namespace, group, resource, new TreeSet<>(Arrays.asList(verbs)), held);
  }

  private synchronized Optional<List<Rule>> rules(String namespace) {
    var before = known.get(namespace);
    if (before != null) {
      return before;
    }
    var answer = known.size() < REVIEWS ? ask(namespace) : Optional.<List<Rule>>empty();
    known.put(namespace, answer);
    return answer;
  }

  private Optional<List<Rule>> ask(String namespace) {
    var item =
        ledger.plan(
            new ItemId(cluster, SOURCE, namespace.isEmpty() ? List.of() : List.of(namespace)),
            null);
    try (var response =
        api.reviewRights(namespace.isEmpty() ? NOWHERE : namespace, item, deadline.get())) {
      var body = response.body().readNBytes(REVIEW_BYTES);
      return read(body, item, response.code());
    } catch (IOException e) {
      unknown(item, Failures.nothing(e).code(), Failures.words(e));
      return Optional.empty();
    }
  }

  private static Optional<List<Rule>> read(byte[] body, Item item, int code) throws IOException {
    try (var parser = DocumentReader.json(new ByteArrayInputStream(body))) {
      if (parser.nextToken() == null) {
        throw new IOException("the review is empty");
      }
      var status = new Field("", "", DocumentReader.read(parser)).field("status");
      if (status.isEmpty() || status.get().text("incomplete").equals("true")) {
        unknown(item, code, "the server says that its answer is incomplete");
        return Optional.empty();
      }
      item.finish(Result.ok(code, body.length));
      return Optional.of(status.get().fields("resourceRules.*").stream().map(Rule::of).toList());
    } catch (JacksonException e) {
      throw Failures.parsing(e);
    }
  }

  /// That nothing is known is no gap: then the requests themselves tell.
  private static void unknown(Item item, int code, String why) {
    item.finish(
        Result.nothing(
            Outcome.NOT_FOUND, code, "rights are not known, so everything is tried: " + why));
  }
}
