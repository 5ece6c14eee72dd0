package io.bugreport.collector.endpoints;

import io.bugreport.collector.api.ApiException;
import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.api.ErrorBody;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Copy;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.DeadlineException;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.EvidenceException;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.StoppedException;
import io.bugreport.collector.pods.Pod;
import io.bugreport.model.snapshot.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The ports of one pod, asked one request at a time over one port-forward. It is opened again
/// where an answer broke off, twice at most; and where ports may not be forwarded, a command inside
/// the container asks.
///
/// A pod that hangs costs the time of one answer, not of each: a port that was silent for that long
/// is not asked again, and the pod's other ports get a short time to show that they are better.
final class PodPorts implements Closeable {
  private static final int CONNECTIONS = 3;
  private static final int SILENT = 2;
  private static final Duration SECOND_CHANCE = Duration.ofSeconds(2);

  private final ApiServer api;
  private final Evidence evidence;
  private final Pod pod;
  private final String container;
  private final SequencedSet<Integer> ports;
  private final long answerBytes;
  private final Map<Integer, IOException> givenUp = new HashMap<>();
  private final Map<Integer, Integer> silences = new HashMap<>();
  private final Set<Integer> answering = new HashSet<>();
  private @Nullable Forward current;
  private int opened;
  private boolean hangs;
  private @Nullable ApiException forwardForbidden;
  private @Nullable IOException unreachable;

  /// @param answerBytes bytes kept of one answer
  PodPorts(
      ApiServer api,
      Evidence evidence,
      Pod pod,
      String container,
      SequencedSet<Integer> ports,
      long answerBytes) {
    this.api = api;
    this.evidence = evidence;
    this.pod = pod;
    this.container = container;
    this.ports = Collections.unmodifiableSequencedSet(new TreeSet<>(ports));
    this.answerBytes = answerBytes;
  }

  /// Asks, keeps the answer and ends the item.
  ///
  /// @param also shown the answer's bytes
  /// @return whether there is a whole answer
  /// @throws EvidenceException when the archive cannot be written
  boolean collect(
      EndpointRequest request, Item item, String path, Deadline deadline, OutputStream also)
      throws EvidenceException {
    Result result;
    try {
      result = ask(request, item, path, deadline, also);
    } catch (EvidenceException e) {
      throw e;
    } catch (NotAskedException e) {
      result = Result.nothing(Outcome.SKIPPED, 0, "not asked: " + Failures.words(e));
    } catch (IOException e) {
      result = Failures.nothing(e);
    }
    item.finish(result);
    return result.outcome() == Outcome.OK;
  }

  private Result ask(
      EndpointRequest request, Item item, String path, Deadline whole, OutputStream also)
      throws IOException {
    whole.check();
    if (unreachable != null) {
      throw unreachable;
    }
    var port = request.port();
    var reason = givenUp.get(port);
    if (reason != null) {
      throw reason;
    }
    var deadline = hangs && !answering.contains(port) ? whole.atMost(SECOND_CHANCE) : whole;
    var forward = forwardForbidden == null ? forward(port, item, deadline) : null;
    return forward == null
        ? exec(request, item, path, deadline, also)
        : overForward(forward, request, item, path, deadline, also);
  }

  /// The connection to ask over; null where ports may not be forwarded.
  private @Nullable Forward forward(int port, Item item, Deadline deadline) throws IOException {
    if (current != null && current.isUsable(port)) {
      return current;
    }
    if (opened == CONNECTIONS) {
      throw new NotAskedException("all " + CONNECTIONS + " connections to the pod broke off");
    }
    close();
    try {
      var next = api.retryingNode(item, deadline, () -> Forward.open(api, pod, ports, deadline));
      opened++;
      current = next;
      return next;
    } catch (ApiException e) {
      if (e.isForbidden()) {
        forwardForbidden = e;
        return null;
      }
      unreachable = e;
      throw e;
    } catch (DeadlineException e) {
      unreachable = new DeadlineException("the pod could not be connected to: " + e.getMessage());
      throw e;
    } catch (StoppedException e) {
      throw e;
    } catch (IOException e) {
      unreachable = e;
      throw e;
    }
  }

  private Result overForward(
      Forward forward,
      EndpointRequest request,
      Item item,
      String path,
      Deadline deadline,
      OutputStream also)
      throws IOException {
    var port = request.port();
    if (item.attempts() == 0) {
      item.attempt();
    }
    HttpReply reply;
    try {
      reply = forward.ask(request, deadline);
    } catch (IOException e) {
      noAnswer(forward, port, request, e);
      throw e;
    }
    answering.add(port);
    var result = keep(reply, request, path, also);
    if (!reply.isReusable()) {
      forward.abandon(port);
    }
    return result;
  }

  /// A port that answers nothing at all is not asked for everything else as well.
  private void noAnswer(Forward forward, int port, EndpointRequest request, IOException failure) {
    var neverAnswered = forward.received(port) == 0;
    forward.abandon(port);
    if (failure instanceof DeadlineException) {
      hangs = true;
      var silent = silences.merge(port, neverAnswered ? SILENT : 1, Integer::sum);
      if (silent >= SILENT) {
        givenUp.put(
            port,
            new DeadlineException(
                "not asked, since "
                    + request.endpoint().readableName()
                    + " got no answer on port "
                    + port
                    + ": "
                    + failure.getMessage()));
      }
    } else if (neverAnswered && !(failure instanceof StoppedException)) {
      givenUp.put(port, failure);
    }
  }

  private Result keep(HttpReply reply, EndpointRequest request, String path, OutputStream also)
      throws IOException {
    var code = reply.code();
    if ((code >= 200 && code < 300) || request.endpoint().keepsAnyStatus()) {
      return Copy.of(reply.body(), evidence, path, answerBytes, also).result(code, cut());
    }
    var message = "HTTP " + code + ": " + ErrorBody.read(reply.body()).message();
    return switch (code) {
      case 401, 403 -> Result.nothing(Outcome.FORBIDDEN, code, message);
      case 404 -> Result.nothing(Outcome.NOT_FOUND, code, message);
      default -> Result.nothing(Outcome.FAILED, code, message);
    };
  }

  private String cut() {
    return "cut at " + answerBytes + " bytes: this is the beginning of it";
  }

  private Result exec(
      EndpointRequest request, Item item, String path, Deadline deadline, OutputStream also)
      throws IOException {
    try (var exec =
        api.retryingNode(item, deadline, () -> Exec.ask(api, pod, container, request, deadline))) {
      var result = Copy.of(exec.body(), evidence, path, answerBytes, also).result(0, cut());
      if (result.outcome() == Outcome.TIMEOUT) {
        execHangs(request, String.valueOf(result.reason()));
      }
      return result;
    } catch (ApiException e) {
      unreachable = e;
      throw e;
    } catch (DeadlineException e) {
      execHangs(request, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void execHangs(EndpointRequest request, String why) {
    unreachable =
        new DeadlineException(
            "not asked, since the command for "
                + request.endpoint().readableName()
                + " did not end: "
                + why);
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
