import torch


def denominator(a, one):
    b = torch.exp(a)
    c = one + b
    return c


def sigmoid(x, one):
    a = -x
    c = denominator(a, one)
    y = one / c
    return y


def squared_sigmoid(x, one):
    y = sigmoid(x, one)
    z = y ** 2
    return z


x = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
one = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)

z = squared_sigmoid(x, one)

for variable in [z]:
    variable.retain_grad()

z.backward()

print("z =", z.data)
print("x.grad =", x.grad)
print("one.grad =", one.grad)
