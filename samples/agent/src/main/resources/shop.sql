-- A small shop: 60 customers, 40 products, 300 orders with their lines. Everything is computed, so it is the same each time but for
-- the dates, which are counted from today.

-- Whoever finds this table knows that the others are not whole, and fills them anew.
CREATE TABLE shop_being_filled (
    id INT
);

CREATE TABLE customers (
    id    INT PRIMARY KEY,
    name  VARCHAR(80)  NOT NULL,
    email VARCHAR(120) NOT NULL UNIQUE
);

INSERT INTO customers
SELECT (l.n - 1) * 10 + f.n, f.name || ' ' || l.name, LOWER(f.name || '.' || l.name || '@example.com')
FROM (VALUES (1, 'Ada'), (2, 'Alan'), (3, 'Barbara'), (4, 'Claude'), (5, 'Donald'), (6, 'Edsger'), (7, 'Frances'), (8, 'Grace'),
             (9, 'John'), (10, 'Katherine')) AS f (n, name),
     (VALUES (1, 'Abel'), (2, 'Brown'), (3, 'Chen'), (4, 'Diaz'), (5, 'Evans'), (6, 'Fox')) AS l (n, name);

CREATE TABLE products (
    id         INT PRIMARY KEY,
    name       VARCHAR(80)    NOT NULL UNIQUE,
    price      DECIMAL(10, 2) NOT NULL,
    stock      INT            NOT NULL CHECK (stock >= 0),
    returnable BOOLEAN        NOT NULL
);

INSERT INTO products
SELECT (m.n - 1) * 8 + t.n,
       m.name || ' ' || t.name,
       9.90 + MOD(((m.n - 1) * 8 + t.n) * 37, 90),
       MOD(((m.n - 1) * 8 + t.n) * 7, 13),
       MOD((m.n - 1) * 8 + t.n, 5) <> 0
FROM (VALUES (1, 'Oak'), (2, 'Steel'), (3, 'Linen'), (4, 'Glass'), (5, 'Cork')) AS m (n, name),
     (VALUES (1, 'lamp'), (2, 'chair'), (3, 'shelf'), (4, 'mug'), (5, 'clock'), (6, 'stool'), (7, 'mirror'), (8, 'basket')) AS t (n, name);

CREATE TABLE orders (
    number       INT PRIMARY KEY,
    customer_id  INT  NOT NULL REFERENCES customers (id),
    ordered_on   DATE NOT NULL,
    promised_for DATE NOT NULL,
    delivered_on DATE
);

INSERT INTO orders
SELECT 1000 + x,
       1 + MOD(x * 7, 60),
       DATEADD('DAY', -MOD(x * 11, 120), CURRENT_DATE),
       DATEADD('DAY', 5 - MOD(x * 11, 120), CURRENT_DATE),
       CASE WHEN 2 + MOD(x * 3, 7) <= MOD(x * 11, 120)
            THEN DATEADD('DAY', 2 + MOD(x * 3, 7) - MOD(x * 11, 120), CURRENT_DATE) END
FROM SYSTEM_RANGE(1, 300);

CREATE TABLE order_lines (
    order_number INT            NOT NULL REFERENCES orders (number),
    line         INT            NOT NULL,
    product_id   INT            NOT NULL REFERENCES products (id),
    quantity     INT            NOT NULL CHECK (quantity > 0),
    unit_price   DECIMAL(10, 2) NOT NULL,
    PRIMARY KEY (order_number, line)
);

INSERT INTO order_lines
SELECT 1000 + o.x, l.x, p.id, 1 + MOD(o.x + l.x, 2), p.price
FROM SYSTEM_RANGE(1, 300) o, SYSTEM_RANGE(1, 3) l, products p
WHERE l.x <= 1 + MOD(o.x, 3)
  AND p.id = 1 + MOD(o.x * 5 + l.x * 3, 40);

CREATE TABLE refunds (
    id           INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_number INT            NOT NULL UNIQUE REFERENCES orders (number),
    amount       DECIMAL(10, 2) NOT NULL CHECK (amount > 0),
    reason       VARCHAR(20)    NOT NULL,
    paid_at      TIMESTAMP      NOT NULL DEFAULT CURRENT_TIMESTAMP
);

DROP TABLE shop_being_filled;
