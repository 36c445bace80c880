import torch


def sigmoid(x, one):
    a = -x
    b = torch.exp(a)
    c = one + b
    y = one / c
    return y


x = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
one = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)

y = sigmoid(x, one)
z = y ** 2

for variable in [y, z]:
    variable.retain_grad()

z.backward()

print("z =", z.data)
print("x.grad =", x.grad)
print("one.grad =", one.grad)
