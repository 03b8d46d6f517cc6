package io.github.deepthink4j.cost.budget;

class InMemoryBudgetStoreTest extends BudgetStoreKit {

    private final BudgetStore store = BudgetStore.inMemory();

    @Override
    BudgetStore store() {
        return store;
    }
}
