package io.bugreport.report.view;

import java.util.Map;
import java.util.Set;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/// Text that is HTML already. It is made of Markdown here and nowhere else, so that nothing unsafe
/// can claim to be it.
///
/// @param source the HTML
public record Html(String source) {

  /// Renders Markdown. HTML inside it becomes text, an image becomes its description, and a link
  /// that is no [Link] leads nowhere.
  public static Html ofMarkdown(String markdown) {
    var document = Parser.builder().build().parse(Visible.text(markdown));
    return new Html(
        HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new LinksOnly())
            .nodeRendererFactory(ImageText::new)
            .attributeProviderFactory(_ -> Html::reachable)
            .build()
            .render(document)
            .strip());
  }

  /// A block of code may be wider than the screen: the keyboard must reach it to scroll.
  private static void reachable(Node node, String tag, Map<String, String> attributes) {
    if (tag.equals("pre")) {
      attributes.put("tabindex", "0");
    }
  }

  private static final class LinksOnly implements org.commonmark.renderer.html.UrlSanitizer {
    @Override
    public String sanitizeLinkUrl(String url) {
      return Link.parse(url).map(Link::href).orElse("#");
    }

    @Override
    public String sanitizeImageUrl(String url) {
      return "";
    }
  }

  /// A report loads nothing, so an image can only be described.
  private record ImageText(HtmlNodeRendererContext context) implements NodeRenderer {
    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Image.class);
    }

    @Override
    public void render(Node image) {
      for (var child = image.getFirstChild(); child != null; child = child.getNext()) {
        context.render(child);
      }
    }
  }
}
