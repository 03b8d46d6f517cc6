package example;

import dev.langchain4j.agent.tool.Tool;
import org.springframework.stereotype.Component;

/** What the annotated assistant finds by itself. */
@Component
public class Stock {

    @Tool("How many there are of a product")
    public int stock(String product) {
        return product.equals("lamp") ? 17 : 0;
    }
}
