package io.bugreport.collector.machine;

import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Result;
import io.bugreport.model.snapshot.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings the files of a machine into the archive, each up to its limit. A file comes to be with
/// its first byte, and is kept where it is whole or cut; what came of one is said in its item.
final class MachineListener implements MachineStream.Listener, Closeable {

  /// Plans a machine's items once it said who it is.
  @FunctionalInterface
  interface Planning {
    MachineItems plan(Map<String, String> about) throws IOException;
  }

  private final Planning planning;
  private @Nullable MachineItems items;
  private @Nullable Item item;
  private Evidence.@Nullable File file;
  private String path = "";
  private long limit;
  private long received;

  MachineListener(Planning planning) {
    this.planning = planning;
  }

  @Override
  public void about(Map<String, String> about) throws IOException {
    items = planning.plan(about);
  }

  @Override
  public void begins(String name, long most) throws IOException {
    var planned = items;
    if (planned == null) {
      throw new IllegalStateException("a file before the machine said who it is");
    }
    if (!planned.isAsked(name)) {
      throw new MachineFormatException("it has a file that nobody asked for: \"" + name + "\"");
    }
    var begun = planned.start(name);
    if (begun.isDone() || begun.attempts() > 1) {
      throw new MachineFormatException("it has the file " + name + " twice");
    }
    item = begun;
    path = planned.path(name);
    limit = Math.min(most, planned.setting().answerBytes());
    received = 0;
  }

  @Override
  public void content(byte[] bytes, int offset, int length) throws IOException {
    var kept = Math.clamp(limit - received, 0, length);
    received += length;
    if (kept > 0) {
      open().write(bytes, offset, kept);
    }
  }

  private Evidence.File open() throws IOException {
    var planned = items;
    if (file == null && planned != null) {
      file = planned.setting().evidence().open(path);
    }
    if (file == null) {
      throw new IllegalStateException("content before the machine said who it is");
    }
    return file;
  }

  @Override
  public void ends(Outcome outcome, int code, String reason) throws IOException {
    var kept = Math.min(received, limit);
    var cut = received > limit;
    if (outcome == Outcome.OK || outcome == Outcome.EMPTY || outcome == Outcome.TRUNCATED) {
      finish(
          cut
              ? Result.part(code, kept, 0, "longer than " + limit + " bytes: its beginning is kept")
              : outcome == Outcome.TRUNCATED
                  ? Result.part(code, kept, 0, reason)
                  : Result.ok(code, kept));
      return;
    }
    abandon();
    var because = reason.isEmpty() ? "the script did not say why" : reason;
    finish(Result.nothing(outcome, code, because));
  }

  private void finish(Result result) throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
    if (item != null) {
      item.finish(result);
      item = null;
    }
  }

  private void abandon() throws IOException {
    if (file != null) {
      file.abandon();
      file = null;
    }
  }

  /// Keeps what came of a file that the stream broke off in.
  @Override
  public void close() throws IOException {
    if (item != null && received > 0) {
      finish(Result.part(0, Math.min(received, limit), 0, "broke off before its end"));
    }
    item = null;
    abandon();
  }
}
