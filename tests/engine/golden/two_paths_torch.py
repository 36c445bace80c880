import torch

a = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
b = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)

one = torch.tensor(1.0, dtype=torch.float64)
c = a + b
d = b + one
e = c * d

for variable in [c, d, e]:
    variable.retain_grad()

e.backward()

print("e =", e.data)
print("a.grad =", a.grad)
print("b.grad =", b.grad)
