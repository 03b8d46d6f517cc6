package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UnsettledTest {

    private final Unsettled unsettled = new Unsettled();

    @Test
    void should_wait_for_those_that_were_there_and_for_no_others() {
        CompletableFuture<Void> first = unsettled.begin("a");
        CompletableFuture<Void> second = unsettled.begin("a");
        CompletableFuture<Void> both = unsettled.of("a");
        CompletableFuture<Void> third = unsettled.begin("a");

        second.complete(null);
        assertThat(both).isNotDone();
        first.complete(null);

        assertThat(both).isDone();
        assertThat(unsettled.of("a")).isNotDone();
        assertThat(unsettled.of("b")).isNull();
        third.complete(null);
        assertThat(unsettled.of("a")).isNull();
    }

    @Test
    void should_keep_nothing_of_what_many_have_settled() throws Exception {
        int users = 8;
        CountDownLatch done = new CountDownLatch(users);
        for (int i = 0; i < users; i++) {
            String account = "account " + i % 3;
            new Thread(() -> {
                        for (int j = 0; j < 5_000; j++) {
                            unsettled.begin(account).complete(null);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(unsettled.size()).isZero();
    }
}
