package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Resource;
import java.util.Optional;
import java.util.regex.Pattern;

/// The release that a Deployment of istiod runs, by the tag of its image.
///
/// @param minor the second part: 26 for 1.26.1
public record IstiodVersion(int minor) {
  private static final Pattern IMAGE = Pattern.compile("(?:[^@]*/)?pilot:1\\.(\\d{1,3})\\b.*");

  /// The release of a Deployment; empty for what is no istiod, or has a tag that tells none.
  public static Optional<IstiodVersion> of(Resource deployment) {
    if (!deployment.labels().getOrDefault("app", "").equals("istiod")) {
      return Optional.empty();
    }
    for (var image : deployment.fields("spec.template.spec.containers.*.image")) {
      var tagged = IMAGE.matcher(image.text());
      if (tagged.matches()) {
        return Optional.of(new IstiodVersion(Integer.parseInt(tagged.group(1))));
      }
    }
    return Optional.empty();
  }
}
